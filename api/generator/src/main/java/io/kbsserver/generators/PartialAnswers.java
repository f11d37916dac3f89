package io.kbsserver.generators;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openapitools.codegen.utils.ModelUtils;

/**
 * Answers of which a client may ask for some fields only. What the contract says of them holds for
 * whole answers; generated types have to hold what is answered to {@code _fields} as well.
 */
final class PartialAnswers {

  private static final String FIELDS = "_fields";

  private PartialAnswers() {}

  /** Lets every field be missing of what is answered in part. */
  static void leaveFieldsOut(OpenAPI contract) {
    Set<String> answered = new HashSet<>();
    contract.getPaths().values().stream()
        .flatMap(path -> path.readOperations().stream())
        .filter(operation -> takesFields(contract, operation))
        .flatMap(operation -> operation.getResponses().entrySet().stream())
        .filter(response -> response.getKey().startsWith("2"))
        .forEach(response -> collect(contract, response.getValue(), answered));
    answered.forEach(name -> ModelUtils.getSchema(contract, name).setRequired(null));
  }

  /** Lets what only answers have be read and written like all else: it is no input by its type. */
  static void forgetWhoWrites(OpenAPI contract) {
    for (Schema<?> schema : contract.getComponents().getSchemas().values()) {
      properties(schema).values().forEach(property -> property.setReadOnly(null));
    }
  }

  private static boolean takesFields(OpenAPI contract, Operation operation) {
    return Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of()).stream()
        .map(parameter -> ModelUtils.getReferencedParameter(contract, parameter))
        .anyMatch(parameter -> FIELDS.equals(parameter.getName()));
  }

  private static void collect(OpenAPI contract, ApiResponse response, Set<String> names) {
    ApiResponse answer = ModelUtils.getReferencedApiResponse(contract, response);
    if (answer.getContent() != null) {
      answer.getContent().values().forEach(format -> collect(contract, format.getSchema(), names));
    }
  }

  private static void collect(OpenAPI contract, Schema<?> schema, Set<String> names) {
    if (schema == null) {
      return;
    }
    if (schema.get$ref() != null) {
      String name = ModelUtils.getSimpleRef(schema.get$ref());
      if (names.add(name)) {
        collect(contract, ModelUtils.getSchema(contract, name), names);
      }
    }
    properties(schema).values().forEach(property -> collect(contract, property, names));
    collect(contract, schema.getItems(), names);
    if (schema.getAdditionalProperties() instanceof Schema<?> values) {
      collect(contract, values, names);
    }
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static Map<String, Schema<?>> properties(Schema schema) {
    return Objects.requireNonNullElse((Map<String, Schema<?>>) schema.getProperties(), Map.of());
  }
}
