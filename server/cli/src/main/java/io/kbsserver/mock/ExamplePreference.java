package io.kbsserver.mock;

import io.kbsserver.contract.Example;
import io.kbsserver.contract.Operation;
import io.kbsserver.refusal.InvalidParameters;
import io.micronaut.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which answer a request asks for: {@code Prefer: code=404}, {@code Prefer: example=assigned}, or
 * both. Other preferences are the server's.
 */
record ExamplePreference(Optional<String> code, Optional<String> example) {

  /** What a request asks for; nothing where it leaves the choice to us. */
  static Optional<ExamplePreference> of(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll("Prefer");
    ExamplePreference stated =
        new ExamplePreference(value(headers, "code="), value(headers, "example="));
    return stated.code().isPresent() || stated.example().isPresent()
        ? Optional.of(stated)
        : Optional.empty();
  }

  private static Optional<String> value(List<String> headers, String name) {
    return headers.stream()
        .flatMap(header -> List.of(header.split("[,;]")).stream())
        .map(String::strip)
        .filter(preference -> preference.toLowerCase(Locale.ROOT).startsWith(name))
        .map(preference -> preference.substring(name.length()).replace("\"", "").strip())
        .findFirst();
  }

  /** The first example of an operation that is asked for. */
  Example among(Operation operation) {
    return operation.examples().stream()
        .filter(each -> code.map(Integer.toString(each.status())::equals).orElse(true))
        .filter(each -> example.map(each.name()::equals).orElse(true))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidParameters(
                    "mock_no_example",
                    "The contract has no such example. There are: " + choice(operation) + ".",
                    Map.of()));
  }

  /** What may be asked for, for those who asked for something else. */
  private static String choice(Operation operation) {
    return operation.examples().stream()
        .collect(
            Collectors.groupingBy(
                Example::status,
                LinkedHashMap::new,
                Collectors.mapping(Example::name, Collectors.joining(", "))))
        .entrySet()
        .stream()
        .map(status -> status.getKey() + " (" + status.getValue() + ")")
        .collect(Collectors.joining(", "));
  }
}
