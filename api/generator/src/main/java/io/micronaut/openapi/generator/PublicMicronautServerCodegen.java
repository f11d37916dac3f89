package io.micronaut.openapi.generator;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Set;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;

/**
 * Micronaut's server generator with a public constructor.
 *
 * <p>The original registers no service and its constructor is package-private, so the Maven plugin
 * can load neither; it loads this class by its full name.
 *
 * <p>What the contract marks as deprecated is for clients to avoid. The server has to implement it
 * until it goes, and compiles without a warning.
 */
public class PublicMicronautServerCodegen extends JavaMicronautServerCodegen {

  /** Called by the Maven plugin. */
  public PublicMicronautServerCodegen() {}

  @Override
  public CodegenOperation fromOperation(
      String path, String method, Operation operation, List<Server> servers) {
    CodegenOperation result = super.fromOperation(path, method, operation, servers);
    result.isDeprecated = false;
    return result;
  }

  @Override
  public CodegenParameter fromParameter(Parameter parameter, Set<String> imports) {
    CodegenParameter result = super.fromParameter(parameter, imports);
    result.isDeprecated = false;
    return result;
  }

  @Override
  @SuppressWarnings("rawtypes") // The generator declares the schema so.
  public CodegenProperty fromProperty(
      String name, Schema schema, boolean required, boolean fromAdditionalProperties) {
    CodegenProperty result = super.fromProperty(name, schema, required, fromAdditionalProperties);
    if (result != null) {
      result.deprecated = false;
    }
    return result;
  }
}
