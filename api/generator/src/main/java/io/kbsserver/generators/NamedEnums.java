package io.kbsserver.generators;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openapitools.codegen.utils.CamelizeOption;
import org.openapitools.codegen.utils.ModelUtils;
import org.openapitools.codegen.utils.StringUtils;

/**
 * Texts of which the contract lists the values where they are used. Generators make texts of them;
 * of what has a name they make types.
 */
final class NamedEnums {

  private NamedEnums() {}

  /** Gives a name to each: that of the parameter, or of what it belongs to and its own. */
  static void in(OpenAPI contract) {
    Map<String, Schema<?>> named = new LinkedHashMap<>();
    contract
        .getComponents()
        .getSchemas()
        .forEach((owner, schema) -> nameProperties(owner, schema, named));
    contract
        .getComponents()
        .getParameters()
        .forEach((name, parameter) -> nameSchema(name, parameter, named));
    contract.getPaths().values().stream()
        .flatMap(path -> path.readOperations().stream())
        .forEach(operation -> nameParameters(contract, operation, named));
    named.forEach(
        (name, schema) -> {
          if (contract.getComponents().getSchemas().putIfAbsent(name, schema) != null) {
            throw new IllegalStateException("Two schemas would be called " + name);
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static void nameProperties(String owner, Schema<?> schema, Map<String, Schema<?>> named) {
    Map<String, Schema<?>> properties = (Map<String, Schema<?>>) (Map<?, ?>) schema.getProperties();
    if (properties != null) {
      properties.replaceAll(
          (name, value) -> hasValues(value) ? named(owner + camel(name), value, named) : value);
    }
  }

  private static void nameParameters(
      OpenAPI contract, Operation operation, Map<String, Schema<?>> named) {
    String owner = camel(operation.getOperationId());
    Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of()).stream()
        .map(parameter -> ModelUtils.getReferencedParameter(contract, parameter))
        .forEach(parameter -> nameSchema(owner + camel(parameter.getName()), parameter, named));
  }

  private static void nameSchema(String name, Parameter parameter, Map<String, Schema<?>> named) {
    if (hasValues(parameter.getSchema())) {
      parameter.setSchema(named(name, parameter.getSchema(), named));
    }
  }

  private static boolean hasValues(Schema<?> schema) {
    return schema.get$ref() == null && schema.getEnum() != null && !schema.getEnum().isEmpty();
  }

  private static Schema<?> named(String name, Schema<?> schema, Map<String, Schema<?>> named) {
    named.put(name, schema);
    return new Schema<>().$ref(name);
  }

  private static String camel(String name) {
    return StringUtils.camelize(name, CamelizeOption.UPPERCASE_FIRST_CHAR);
  }
}
