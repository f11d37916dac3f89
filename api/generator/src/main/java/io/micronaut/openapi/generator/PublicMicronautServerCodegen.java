package io.micronaut.openapi.generator;

import io.kbsserver.generators.FileBodies;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.servers.Server;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.SupportingFile;
import org.openapitools.codegen.model.ModelMap;
import org.openapitools.codegen.model.ModelsMap;
import org.openapitools.codegen.model.OperationsMap;
import org.openapitools.codegen.utils.ModelUtils;
import org.openapitools.codegen.utils.StringUtils;

/**
 * Micronaut's server generator with a public constructor, and with templates of our own for what
 * the code is written against.
 *
 * <p>The original registers no service and its constructor is package-private, so the Maven plugin
 * can load neither; it loads this class by its full name.
 *
 * <ul>
 *   <li>An operation takes its path, one record with all its other parameters, and its body.
 *   <li>What is answered is a record that is built step by step: whoever leaves a required field
 *       out does not compile.
 *   <li>An operation that answers bytes leaves open how they are sent, and one whose body is a file
 *       how it is read.
 *   <li>An operation that is marked {@code x-kbs-later} answers when it is time.
 *   <li>The operations are an enum, of which links are made.
 *   <li>Names that begin with an underscore keep it, so that they are not mistaken for their twins.
 *   <li>What the contract marks as deprecated is for clients to avoid. The server has to implement
 *       it until it goes, and compiles without a warning.
 * </ul>
 */
public class PublicMicronautServerCodegen extends JavaMicronautServerCodegen {

  private static final String OPERATION_IDS = "OperationId.java";
  private static final String LAST_STEP = "LastStep";
  private static final String MAY_BE_NULL = "x-may-be-null";

  /** What the original makes of an answer of bytes. */
  private static final String BYTES = "FileCustomizableResponseType";

  /** What a part of a record cannot be called. */
  private static final Set<String> NOT_OF_RECORDS =
      Set.of("clone", "finalize", "hashCode", "notify", "notifyAll", "toString", "wait");

  private static final Pattern OF_FILES =
      Pattern.compile(".*\\.(" + BYTES + "|CompletedFileUpload)");

  /** The schemas of what is sent to the server. */
  private final Set<String> bodies = new HashSet<>();

  /** Called by the Maven plugin. */
  public PublicMicronautServerCodegen() {
    templateDir = "templates/kbs-server";
  }

  @Override
  public void processOpts() {
    super.processOpts();
    supportingFiles.add(
        new SupportingFile(
            "server/operation-ids.mustache",
            sourceFolder + "/" + apiPackage.replace('.', '/'),
            OPERATION_IDS));
  }

  /** Says nothing at the end. */
  @Override
  public void postProcess() {}

  @Override
  public void preprocessOpenAPI(OpenAPI contract) {
    FileBodies.leaveAsTheyAre(contract);
    super.preprocessOpenAPI(contract);
    contract.getPaths().values().stream()
        .flatMap(path -> path.readOperations().stream())
        .map(operation -> ModelUtils.getReferencedRequestBody(contract, operation.getRequestBody()))
        .flatMap(body -> body == null ? Stream.empty() : body.getContent().values().stream())
        .forEach(content -> bodies.add(ModelUtils.getSimpleRef(content.getSchema().get$ref())));
  }

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

  @Override
  public String toVarName(String name) {
    return withUnderscore(name, super.toVarName(name));
  }

  @Override
  public String toParamName(String name) {
    String made = withUnderscore(name, super.toParamName(name));
    return NOT_OF_RECORDS.contains(made) ? made + "_" : made;
  }

  private static String withUnderscore(String wireName, String name) {
    return wireName.startsWith("_") && !name.startsWith("_") ? "_" + name : name;
  }

  @Override
  public OperationsMap postProcessOperationsWithModels(
      OperationsMap objects, List<ModelMap> models) {
    OperationsMap result = super.postProcessOperationsWithModels(objects, models);
    result.getOperations().getOperation().forEach(PublicMicronautServerCodegen::describe);
    result.getImports().removeIf(line -> OF_FILES.matcher(line.get("import")).matches());
    return result;
  }

  private static void describe(CodegenOperation operation) {
    // How bytes are sent is the server's business.
    operation.returnType = operation.returnType.replace(BYTES, "?");
    List<CodegenParameter> parameters = new ArrayList<>(operation.queryParams);
    parameters.addAll(operation.headerParams);
    parameters.forEach(
        parameter ->
            parameter.vendorExtensions.put(
                MAY_BE_NULL, !parameter.required && parameter.defaultValue == null));
    List<String> arguments = new ArrayList<>();
    operation.pathParams.forEach(
        path ->
            arguments.add(
                "@PathVariable(\"%s\") %s %s"
                    .formatted(path.baseName, path.dataType, path.paramName)));
    if (!parameters.isEmpty()) {
      arguments.add(
          "@RequestBean %sParameters parameters".formatted(operation.operationIdCamelCase));
    }
    if (operation.bodyParam != null && !operation.bodyParam.isBinary) {
      arguments.add("@Body %s body".formatted(operation.bodyParam.dataType));
    }
    operation.vendorExtensions.put("x-parameters", parameters);
    operation.vendorExtensions.put("x-has-parameters", !parameters.isEmpty());
    operation.vendorExtensions.put("x-arguments", arguments);
    operation.vendorExtensions.put("x-constant", constant(operation.operationId));
  }

  private static String constant(String operationId) {
    return StringUtils.underscore(operationId).toUpperCase(Locale.ROOT);
  }

  @Override
  public Map<String, ModelsMap> postProcessAllModels(Map<String, ModelsMap> objects) {
    Map<String, ModelsMap> result = super.postProcessAllModels(objects);
    result.values().stream()
        .flatMap(models -> models.getModels().stream())
        .map(ModelMap::getModel)
        .filter(model -> !model.isEnum)
        .forEach(this::describe);
    return result;
  }

  private void describe(CodegenModel model) {
    boolean sent = bodies.contains(model.schemaName);
    model.vendorExtensions.put("x-answered", !sent);
    Stream.concat(model.vars.stream(), model.requiredVars.stream())
        .forEach(
            field ->
                field.vendorExtensions.put(
                    MAY_BE_NULL, sent || !field.required || field.isNullable));
    String next = LAST_STEP;
    for (int i = model.requiredVars.size() - 1; i >= 0; i--) {
      CodegenProperty field = model.requiredVars.get(i);
      String step = withUnderscore(field.name, StringUtils.camelize(field.name)) + "Step";
      field.vendorExtensions.put("x-step", step);
      field.vendorExtensions.put("x-next-step", next);
      next = step;
    }
    model.vendorExtensions.put("x-first-step", next);
  }
}
