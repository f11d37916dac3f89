package io.kbsserver.rest.parameters;

import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Parameter;
import io.kbsserver.contract.Route;
import io.kbsserver.contract.Schema;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.rest.body.Scalars;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.site.Site;
import io.kbsserver.text.WrittenNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The names that a request may give. The contract says which: the query, the body and the route of
 * an operation. What begins with an underscore is for WordPress to know.
 *
 * @param operations those that the request is for, or that it asks to be described
 * @param route their route
 * @param site the settings in force; parameters of what is switched off do not exist
 */
record ParameterNames(List<Operation> operations, Route route, Site site) {

  private static final String ADDRESS = "rest_route";

  /** A parameter of WordPress that takes a list. */
  private static final String EMBED = "_embed";

  /** The request with each parameter once; what nobody knows is added to the unknown values. */
  RequestParameters settled(RequestParameters request, boolean formCounts, UnknownValues unknown) {
    addUnknown(request.inQuery().values(), unknown);
    if (request.json() || formCounts) {
      addUnknown(request.inBody().values(), unknown);
    } else {
      request.inBody().values().keySet().stream()
          .filter(name -> !isOfWordPress(name))
          .forEach(name -> unknown.add(name, name + " is in a form, which is not read here."));
    }
    if (operations.stream().noneMatch(Operation::takesFiles)) {
      request.inBody().files().forEach(name -> unknown.add(name, "Nobody takes the file " + name));
    }
    return request.settled(
        request.inQuery().settled(this::schema, unknown),
        request.inBody().settled(this::schema, unknown));
  }

  /** The parameters of the route that do not say what the path says. */
  Map<String, Fault> otherThanThePath(Map<String, Object> given, Map<String, Object> inPath) {
    Map<String, Fault> faults = new LinkedHashMap<>();
    route
        .ownArguments()
        .properties()
        .forEach(
            argument -> {
              String name = argument.getKey();
              Object value = given.get(name);
              // The contract may have another name for the only part.
              Object path =
                  Optional.ofNullable(inPath.get(name))
                      .or(() -> inPath.values().stream().findFirst())
                      .orElse(argument.getValue().path("default").asText());
              boolean number = argument.getValue().path("type").asText().equals("integer");
              if (value != null && !Scalars.isEmpty(value) && !isSame(value, path, number)) {
                faults.put(
                    name,
                    new Fault(
                        "rest_invalid_param", name + " is not the " + name + " in the path."));
              }
            });
    return faults;
  }

  private static boolean isSame(Object value, Object path, boolean number) {
    return number
        ? WrittenNumber.integer(value).equals(WrittenNumber.integer(path))
        : !Scalars.isCompound(value) && Scalars.text(value).equalsIgnoreCase(path.toString());
  }

  private void addUnknown(Map<String, Object> given, UnknownValues unknown) {
    given.forEach(
        (name, value) -> {
          if (!isKnown(name) && !Scalars.isEmpty(value)) {
            unknown.add(name, name + " is no parameter of this operation.");
          }
        });
  }

  private boolean isKnown(String name) {
    return isOfWordPress(name) || schema(name).isPresent() || route.ownArguments().has(name);
  }

  private static boolean isOfWordPress(String name) {
    return name.startsWith("_") || name.equals(ADDRESS);
  }

  private Optional<Schema> schema(String name) {
    return name.equals(EMBED)
        ? Optional.of(Schema.LIST_OF_TEXTS)
        : operations.stream().flatMap(each -> schemas(each, name)).findFirst();
  }

  /** What an operation takes under this name, in the query or in the body. */
  private Stream<Schema> schemas(Operation operation, String name) {
    return Stream.concat(
        operation.parameters().stream()
            .filter(parameter -> parameter.name().equals(name) && site.isOn(parameter.setting()))
            .map(Parameter::schema),
        Stream.ofNullable(operation.body().properties().get(name)));
  }
}
