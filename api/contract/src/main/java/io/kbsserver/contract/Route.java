package io.kbsserver.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micronaut.http.HttpMethod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route as WordPress clients know it. The contract may have one path for several of them.
 *
 * @param path its path in the contract
 * @param name its pattern as WordPress writes it, by which clients know it
 * @param pattern the same pattern for Java
 * @param ownArguments the arguments that stand in the pattern, each with its schema
 * @param operations what can be done there, without OPTIONS
 * @param description what the contract says of it on its own
 */
public record Route(
    String path,
    String name,
    Pattern pattern,
    JsonNode ownArguments,
    List<Operation> operations,
    JsonNode description) {

  private static final String VARIABLE = "(?P<";

  /** Java names no group with an underscore, and nobody asks for one by its name. */
  private static final Pattern NAMED_GROUP = Pattern.compile("\\(\\?P<\\w+>");

  private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

  /** A route whose name is its path. */
  static Route of(String path, List<Operation> operations) {
    if (PLACE.matcher(path).find()) {
      throw new IllegalArgumentException(path + " needs x-wordpress-routes");
    }
    return of(path, path, operations, JsonNodeFactory.instance.objectNode());
  }

  /**
   * A route that the contract describes on its own, where it may also leave methods out, say who
   * may call it, and name a setting without which it is not there.
   */
  static Route of(String path, JsonNode description, List<Operation> operations) {
    List<String> methods = new ArrayList<>();
    description.path("methods").forEach(method -> methods.add(method.asText()));
    return of(
        path,
        description.get("route").asText(),
        operations.stream()
            .filter(operation -> methods.isEmpty() || methods.contains(operation.method().name()))
            .toList(),
        description);
  }

  private static Route of(
      String path, String name, List<Operation> operations, JsonNode description) {
    return new Route(
        path,
        name,
        Pattern.compile(NAMED_GROUP.matcher(name).replaceAll("("), Pattern.CASE_INSENSITIVE),
        description.path("args"),
        operations.stream()
            .filter(operation -> operation.method() != HttpMethod.OPTIONS)
            .map(operation -> operation.on(description))
            .toList(),
        description);
  }

  /** An operation of its path as it is there. */
  public Operation own(Operation operation) {
    return operation.on(description);
  }

  /** Whether it stands for a single address, and not for one of many objects. */
  public boolean isFixed() {
    return !name.contains(VARIABLE);
  }

  /** Whether its address with these values is one that WordPress has the route for. */
  public boolean meets(Collection<?> variables) {
    String address = path;
    for (Object value : variables) {
      address = PLACE.matcher(address).replaceFirst(Matcher.quoteReplacement(value.toString()));
    }
    return pattern.matcher(address).matches();
  }

  /**
   * The part of the name before the route proper; empty for what belongs to the site as a whole.
   */
  public String namespace() {
    if (description.has("namespace")) {
      return description.get("namespace").asText();
    }
    String[] parts = name.split("/");
    return parts.length < 3 ? "" : parts[1] + "/" + parts[2];
  }
}
