package io.kbsserver.mock;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.contract.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The operations of the contract by their addresses. */
final class MockContract {

  private static final Pattern VARIABLE = Pattern.compile("\\{\\w+}");

  private final List<Address> addresses = new ArrayList<>();
  private final References references;

  private record Address(Pattern pattern, List<MockOperation> operations) {}

  MockContract() {
    references = new References(Contract.packaged().tree());
    String root = references.contract().at("/servers/0/url").asText();
    references
        .contract()
        .path("paths")
        .properties()
        .forEach(
            path ->
                addresses.add(
                    new Address(pattern(root + path.getKey()), operations(path.getValue()))));
  }

  /** The operation that a request means. */
  Optional<MockOperation> operation(String method, String path) {
    return addresses.stream()
        .filter(address -> address.pattern().matcher(path).matches())
        .flatMap(address -> address.operations().stream())
        .filter(operation -> operation.method().equals(method.equals("HEAD") ? "GET" : method))
        .findFirst();
  }

  References references() {
    return references;
  }

  private List<MockOperation> operations(JsonNode path) {
    return path.properties().stream()
        .filter(entry -> entry.getValue().has("operationId"))
        .map(
            entry ->
                MockOperation.of(
                    entry.getKey().toUpperCase(Locale.ROOT), entry.getValue(), path, references))
        .toList();
  }

  /** As on the server: in any case, with or without a slash at the end. */
  private static Pattern pattern(String path) {
    String bare = path.replaceAll("/$", "");
    return Pattern.compile(
        VARIABLE.matcher(bare).replaceAll("[^/]+") + "/?", Pattern.CASE_INSENSITIVE);
  }
}
