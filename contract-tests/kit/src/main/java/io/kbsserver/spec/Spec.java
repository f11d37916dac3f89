package io.kbsserver.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import io.kbsserver.contract.ContractFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The contract, as far as a request or an answer can be held against it. It reads the operations by
 * itself: the server binds and checks requests by the {@code Operation}s of the reader, whose
 * mistakes would not be seen if it were judged by them.
 */
final class Spec {

  /** Our own marks in schemas. */
  private static final List<String> OURS = List.of("x-kbs-id", "x-kbs-several");

  /** Whole answers have all required properties, trimmed ones (`_fields`) some of them. */
  enum Extent {
    WHOLE,
    TRIMMED
  }

  private static final String RESOURCE = "/openapi/kbs-v1.yaml";
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final Pattern STATUS = Pattern.compile("\\d{3}");
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");
  private final JsonNode root;
  private final List<SpecOperation> operations = new ArrayList<>();
  private final Map<Extent, JsonSchema> documents = new LinkedHashMap<>();

  /** Each is made once: that takes longer than to hold an answer against it. */
  private final Map<Part, JsonSchema> schemas = new ConcurrentHashMap<>();

  private record Part(String pointer, Extent extent) {}

  /**
   * An operation.
   *
   * @param pointer where it stands
   * @param path its path, with a group for each variable part
   * @param variables the names of the variable parts, in this order
   * @param requestTypes the content types that its body may have
   * @param fields the properties that its body may have, and where their schemas are
   * @param requiredFields those that its body has to have
   * @param general the answers for all of a kind ({@code 4XX}) or all others ({@code default})
   * @param login what it asks for
   * @param bases where it stands
   */
  record SpecOperation(
      String id,
      String pointer,
      String method,
      Pattern path,
      List<String> variables,
      List<SpecParameter> parameters,
      List<String> requestTypes,
      Map<String, String> fields,
      List<String> requiredFields,
      Map<Integer, Response> responses,
      Map<String, Response> general,
      LoginCheck login,
      Set<String> bases) {

    /** The answer with a status; empty where there is none. */
    Optional<Response> response(int status) {
      return Stream.of(
              responses.get(status), general.get(status / 100 + "XX"), general.get("default"))
          .filter(Objects::nonNull)
          .findFirst();
    }
  }

  /**
   * A parameter.
   *
   * @param in where it stands
   * @param schema where its schema is, as a JSON pointer
   */
  record SpecParameter(String name, String in, boolean required, String schema) {}

  /**
   * An answer.
   *
   * @param content where the schemas of the content types are, as JSON pointers
   * @param headers where the schemas of the headers are
   */
  record Response(Map<String, String> content, Map<String, String> headers) {}

  /**
   * What is wrong with a value.
   *
   * @param pointer where; to the property itself where it is one that is not described
   * @param keyword what of the schema says so
   * @param value what stands there
   * @param message why, beginning with a pointer
   * @param reason why, without one
   */
  record Mismatch(String pointer, String keyword, JsonNode value, String message, String reason) {}

  Spec(JsonNode root) {
    this.root = root;
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> entry : path.getValue().properties()) {
        if (METHODS.contains(entry.getKey())) {
          operations.add(
              operation(
                  path.getKey(),
                  path.getValue(),
                  entry.getKey(),
                  "/paths/" + escaped(path.getKey()) + "/" + entry.getKey()));
        }
      }
    }
    JsonSchemaFactory factory = factory(names(root));
    for (Extent extent : Extent.values()) {
      JsonNode closed = root.deepCopy();
      close(closed, extent);
      documents.put(
          extent,
          factory.getSchema(
              SchemaLocation.of("urn:" + extent),
              closed,
              SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build()));
    }
  }

  /** The contract of this build. */
  static Spec packaged() {
    try (InputStream file = Spec.class.getResourceAsStream(RESOURCE)) {
      return new Spec(ContractFile.read(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode root() {
    return root;
  }

  List<SpecOperation> operations() {
    return operations;
  }

  Optional<SpecOperation> operation(String method, String path) {
    return operations.stream()
        .filter(operation -> operation.method().equals(method))
        .filter(operation -> operation.path().matcher(path).matches())
        .findFirst();
  }

  /** What is wrong with a value, each time after a pointer to where; empty where nothing is. */
  List<String> check(JsonNode value, String schemaPointer, Extent extent) {
    return deviations(value, schemaPointer, extent).stream().map(Mismatch::message).toList();
  }

  /** What is wrong with a value; empty where nothing is. */
  List<Mismatch> deviations(JsonNode value, String schemaPointer, Extent extent) {
    return schemas
        .computeIfAbsent(new Part(schemaPointer, extent), this::schema)
        .validate(value)
        .stream()
        .map(Spec::deviation)
        .toList();
  }

  private JsonSchema schema(Part part) {
    JsonNodePath path = new JsonNodePath(PathType.JSON_POINTER);
    JsonNode node = root;
    for (String step : part.pointer().substring(1).split("/")) {
      path =
          node.isArray()
              ? path.append(Integer.parseInt(step))
              : path.append(step.replace("~1", "/").replace("~0", "~"));
      node = node.at("/" + step);
    }
    return documents.get(part.extent()).getSubSchema(path);
  }

  private static Mismatch deviation(ValidationMessage message) {
    String pointer = message.getInstanceLocation().toString();
    boolean property = message.getType().equals("additionalProperties");
    return new Mismatch(
        property ? pointer + "/" + escaped(message.getProperty()) : pointer,
        message.getType(),
        message.getInstanceNode(),
        message.getMessage(),
        message.getError());
  }

  private SpecOperation operation(String path, JsonNode item, String method, String pointer) {
    JsonNode node = item.get(method);
    List<SpecParameter> parameters = new ArrayList<>();
    for (String list :
        List.of("/paths/" + escaped(path) + "/parameters", pointer + "/parameters")) {
      for (int i = 0; i < root.at(list).size(); i++) {
        String place = resolved(list + "/" + i);
        JsonNode parameter = root.at(place);
        parameters.add(
            new SpecParameter(
                parameter.get("name").asText(),
                parameter.get("in").asText(),
                parameter.path("required").asBoolean(),
                place + "/schema"));
      }
    }
    String content = resolved(pointer + "/requestBody") + "/content";
    List<String> types = names(root.at(content));
    Map<String, String> fields = new LinkedHashMap<>();
    List<String> requiredFields = new ArrayList<>();
    if (!types.isEmpty()) {
      String body = resolved(content + "/" + escaped(types.get(0)) + "/schema");
      names(root.at(body + "/properties"))
          .forEach(name -> fields.put(name, body + "/properties/" + name));
      root.at(body + "/required").forEach(name -> requiredFields.add(name.asText()));
    }
    Map<Integer, Response> responses = new LinkedHashMap<>();
    Map<String, Response> general = new LinkedHashMap<>();
    for (String status : names(node.path("responses"))) {
      Response response = response(pointer + "/responses/" + status);
      if (STATUS.matcher(status).matches()) {
        responses.put(Integer.valueOf(status), response);
      } else {
        general.put(status.toUpperCase(Locale.ROOT).replace("DEFAULT", "default"), response);
      }
    }
    return new SpecOperation(
        node.path("operationId").asText(method + " " + path),
        pointer,
        method.toUpperCase(Locale.ROOT),
        Pattern.compile(VARIABLE.matcher(path).replaceAll("([^/]+)"), Pattern.CASE_INSENSITIVE),
        VARIABLE.matcher(path).results().map(variable -> variable.group(1)).toList(),
        parameters,
        types,
        fields,
        requiredFields,
        responses,
        general,
        new LoginCheck(root.at("/components/securitySchemes"), nearest("security", node, item)),
        BasePaths.of(nearest("servers", node, item)));
  }

  /** What an operation says itself, or its path, or the contract for all. */
  private JsonNode nearest(String keyword, JsonNode operation, JsonNode path) {
    return Stream.of(operation, path, root)
        .filter(node -> node.has(keyword))
        .findFirst()
        .map(node -> node.get(keyword))
        .orElse(MissingNode.getInstance());
  }

  private Response response(String unresolved) {
    String pointer = resolved(unresolved);
    Map<String, String> content = new LinkedHashMap<>();
    for (String type : names(root.at(pointer + "/content"))) {
      content.put(type, resolved(pointer + "/content/" + escaped(type) + "/schema"));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : names(root.at(pointer + "/headers"))) {
      headers.put(name, resolved(pointer + "/headers/" + name) + "/schema");
    }
    return new Response(content, headers);
  }

  /** Schemas in a document whose own parts are no schemas. */
  private static JsonSchemaFactory factory(List<String> parts) {
    JsonMetaSchema.Builder dialect = JsonMetaSchema.builder(OpenApi30.getInstance());
    parts.forEach(part -> dialect.keyword(new NonValidationKeyword(part)));
    OURS.forEach(mark -> dialect.keyword(new NonValidationKeyword(mark)));
    JsonMetaSchema openApi = dialect.build();
    return JsonSchemaFactory.getInstance(
        SpecVersion.VersionFlag.V4,
        builder -> builder.metaSchema(openApi).defaultMetaSchemaIri(openApi.getIri()));
  }

  /** The pointer to what is meant by a pointer. */
  private String resolved(String pointer) {
    return resolved(root.at(pointer), pointer);
  }

  private static String resolved(JsonNode node, String otherwise) {
    return node.has("$ref") ? node.get("$ref").asText().substring(1) : otherwise;
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  /** A name as a step of a JSON pointer. */
  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** Properties that are not described are not allowed. */
  private static void close(JsonNode node, Extent extent) {
    if (node instanceof ObjectNode object && object.path("properties").isObject()) {
      if (!object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
      if (extent == Extent.TRIMMED) {
        object.remove("required");
      }
    }
    node.forEach(child -> close(child, extent));
  }
}
