package io.kbsserver.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kbsserver.access.Caller;
import io.kbsserver.site.Site;
import io.micronaut.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A route as WordPress clients know it. The contract may have one path for several of them.
 *
 * @param path its path in the contract
 * @param name its pattern as WordPress writes it, by which clients know it
 * @param pattern the same pattern for Java
 * @param ownArguments the arguments that stand in the pattern, each with its schema
 * @param operations what can be done there, without OPTIONS
 */
record Route(
    String path, String name, Pattern pattern, JsonNode ownArguments, List<Operation> operations) {

  private static final String VARIABLE = "(?P<";

  /** A route whose name is its path. */
  static Route of(String path, List<Operation> operations) {
    return of(path, path, JsonNodeFactory.instance.objectNode(), operations);
  }

  /** A route that the contract describes on its own, where it may also leave methods out. */
  static Route of(String path, JsonNode description, List<Operation> operations) {
    List<String> methods = new java.util.ArrayList<>();
    description.path("methods").forEach(method -> methods.add(method.asText()));
    return of(
        path,
        description.get("route").asText(),
        description.path("args"),
        operations.stream()
            .filter(operation -> methods.isEmpty() || methods.contains(operation.method().name()))
            .toList());
  }

  private static Route of(
      String path, String name, JsonNode ownArguments, List<Operation> operations) {
    return new Route(
        path,
        name,
        Pattern.compile(name.replace(VARIABLE, "(?<"), Pattern.CASE_INSENSITIVE),
        ownArguments,
        operations.stream().filter(operation -> operation.method() != HttpMethod.OPTIONS).toList());
  }

  /** Whether it stands for a single address, and not for one of many objects. */
  boolean isFixed() {
    return !name.contains(VARIABLE);
  }

  /** The part of the name before the route proper; empty for the index of the site. */
  String namespace() {
    String[] parts = name.split("/");
    return parts.length < 3 ? "" : parts[1] + "/" + parts[2];
  }

  boolean isOn(Site site) {
    return operations.stream().allMatch(operation -> site.isOn(operation.setting()));
  }

  /** The methods that a caller may use, on an object that the caller sees. */
  List<String> methodsFor(Optional<Caller> caller, Site site) {
    return operations.stream()
        .filter(operation -> operation.access().admits(caller, site))
        .map(operation -> operation.method().name())
        .toList();
  }
}
