package io.kbsserver.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.access.Caller;
import io.kbsserver.site.Site;
import io.micronaut.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An operation as the contract describes it.
 *
 * @param id its operationId, which is the name of the generated method
 * @param method its method
 * @param access who may call it, as far as that does not depend on an object
 * @param parameters its query parameters
 * @param body the properties of its body; none where it takes no body
 * @param setting the setting of the site without which there is no such operation; may be null
 * @param deprecation that it should not be used any more; null if it may
 * @param deprecatedParameters those of its parameters and of its body that should not be used
 * @param source the operation as it stands in the file
 */
record Operation(
    String id,
    HttpMethod method,
    Operation.Access access,
    List<Operation.Parameter> parameters,
    Operation.Body body,
    String setting,
    Deprecation deprecation,
    Map<String, Deprecation> deprecatedParameters,
    JsonNode source) {

  /** What it takes under this name, in the query or in the body. */
  Optional<Schema> schema(String name, Site site) {
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name) && site.isOn(parameter.setting()))
        .map(Parameter::schema)
        .findFirst()
        .or(() -> Optional.ofNullable(body.properties().get(name)));
  }

  /** Whether there is anything in it that should not be used any more. */
  boolean isDeprecatedInPart() {
    return deprecation != null || !deprecatedParameters.isEmpty();
  }

  /** What a request that gives these parameters should not use any more, if there is anything. */
  Optional<Deprecation> deprecationOf(Set<String> given) {
    return Stream.concat(
            Stream.ofNullable(deprecation),
            deprecatedParameters.entrySet().stream()
                .filter(parameter -> given.contains(parameter.getKey()))
                .map(Map.Entry::getValue))
        .reduce(Deprecation::and);
  }

  /** Who may call an operation. */
  enum Access {
    /** Everybody. */
    ANYONE,
    /** Whoever has logged in. */
    LOGIN,
    /** Those who work on tickets. */
    AGENT;

    boolean admits(Optional<Caller> caller, Site site) {
      return switch (this) {
        case ANYONE -> true;
        case LOGIN -> caller.isPresent();
        case AGENT -> caller.filter(login -> login.isAgent(site)).isPresent();
      };
    }
  }

  /** What a value must be. */
  enum Type {
    STRING,
    INTEGER,
    ARRAY,
    /** No type is stated: any value. */
    ANY
  }

  /**
   * A schema, flat as the contract keeps them.
   *
   * @param items the schema of a list's items; null elsewhere
   * @param values the values allowed; null where all are
   * @param minimum the smallest number allowed; null where there is no limit
   * @param maximum the largest number allowed; null where there is no limit
   * @param maxLength the longest text allowed; null where there is no limit
   * @param maxItems the longest list allowed; null where there is no limit
   * @param format the format; null where none is stated
   * @param several how several values are written as one; null where there is only one
   * @param id whether it is the id of something
   */
  record Schema(
      Type type,
      Schema items,
      List<String> values,
      Long minimum,
      Long maximum,
      Integer maxLength,
      Integer maxItems,
      String format,
      Several several,
      boolean id) {

    /** A list of any texts. */
    static final Schema LIST_OF_TEXTS =
        new Schema(Type.ARRAY, null, null, null, null, null, null, null, Several.LIST, false);

    /** Whether a text has too many characters; those beyond the first 65,536 are one each, too. */
    boolean isTooLong(String text) {
      return maxLength != null && text.codePointCount(0, text.length()) > maxLength;
    }

    /** Several values as one; nothing where there is room for one only. */
    Optional<Object> ofSeveral(List<Object> values) {
      if (several == null || values.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          switch (several) {
            case LIST ->
                values.stream().flatMap(value -> Scalars.items(value).stream()).distinct().toList();
            case COMMA -> values.stream().map(Scalars::text).collect(Collectors.joining(","));
          });
    }
  }

  /** How several values are written as one. */
  enum Several {
    LIST,
    COMMA
  }

  /**
   * A query parameter.
   *
   * @param defaultValue its value where it is not given; may be null
   * @param setting the setting of the site without which there is no such parameter; may be null
   * @param source the parameter as it stands in the file
   */
  record Parameter(
      String name, Schema schema, Object defaultValue, String setting, JsonNode source) {}

  /** The schema of a body: its properties by name. */
  record Body(Map<String, Schema> properties) {}
}
