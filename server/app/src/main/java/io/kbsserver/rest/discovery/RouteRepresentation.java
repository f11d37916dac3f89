package io.kbsserver.rest.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.api.model.BatchSupport;
import io.kbsserver.api.model.Endpoint;
import io.kbsserver.api.model.Link;
import io.kbsserver.api.model.RouteDescription;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Route;
import io.kbsserver.rest.parameters.WordPressDateTime;
import io.kbsserver.site.NamedValues;
import io.kbsserver.site.Site;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes the routes of the contract as WordPress describes its own. */
@Singleton
class RouteRepresentation {

  /** What of an OpenAPI schema means the same in the JSON schemas of WordPress. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "description",
          "default",
          "enum",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "maxItems",
          "required");

  private static final Set<String> FORMATS = Set.of("date-time", "email", "uri", "ip");

  private static final BatchSupport IN_BATCHES = BatchSupport.builder().v1(true).build();

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Contract contract;
  private final Map<String, NamedValues> namedValues = new LinkedHashMap<>();

  RouteRepresentation(Contract contract, List<NamedValues> namedValues) {
    this.contract = contract;
    namedValues.forEach(values -> this.namedValues.put(values.format(), values));
  }

  /**
   * A route with its methods and arguments.
   *
   * @param routesAddress the address below which the routes stand
   */
  RouteDescription of(Route route, Site site, String routesAddress) {
    return description(route, site, routesAddress).build();
  }

  /** The same with the JSON schema of what the route reads, where that has a name of its own. */
  RouteDescription withSchema(Route route, Site site, String routesAddress) {
    return description(route, site, routesAddress).schema(itemSchema(route, site)).build();
  }

  private RouteDescription.LastStep description(Route route, Site site, String routesAddress) {
    List<Endpoint> endpoints = endpoints(route, site);
    RouteDescription.LastStep description =
        RouteDescription.builder()
            .namespace(route.namespace())
            .methods(endpoints.stream().flatMap(endpoint -> endpoint.methods().stream()).toList())
            .endpoints(endpoints);
    if (route.isFixed()) {
      Link self = Link.builder().href(routesAddress + route.name()).build();
      description._links(Map.of("self", List.of(self)));
    }
    return description;
  }

  private @Nullable Map<String, Object> itemSchema(Route route, Site site) {
    JsonNode content =
        route.operations().get(0).source().at("/responses/200/content/application~1json/schema");
    JsonNode reference = content.has("items") ? content.get("items") : content;
    if (!reference.has("$ref")) {
      return null;
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "http://json-schema.org/draft-04/schema#");
    String name = reference.get("$ref").asText();
    schema.put(
        "title", name.substring(name.lastIndexOf('/') + 1).toLowerCase(java.util.Locale.ROOT));
    schema.putAll(jsonSchema(reference, site));
    return schema;
  }

  /** Operations with the same body are the same endpoint. */
  private List<Endpoint> endpoints(Route route, Site site) {
    Map<JsonNode, List<Operation>> operations =
        route.operations().stream()
            .collect(
                Collectors.groupingBy(
                    operation -> operation.source().path("requestBody"),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return operations.values().stream()
        .map(
            alike ->
                Endpoint.builder()
                    .methods(alike.stream().map(operation -> operation.method().name()).toList())
                    .args(arguments(route, alike.get(0), site))
                    .allowBatch(
                        alike.stream().anyMatch(Operation::isPartOfBatches) ? IN_BATCHES : null)
                    .build())
        .toList();
  }

  private Map<String, Object> arguments(Route route, Operation operation, Site site) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    route
        .ownArguments()
        .properties()
        .forEach(
            entry -> arguments.put(entry.getKey(), argument(entry.getValue(), null, false, site)));
    operation.parameters().stream()
        .filter(parameter -> site.isOn(parameter.setting()) && !parameter.name().startsWith("_"))
        .forEach(
            parameter ->
                arguments.put(
                    parameter.name(),
                    argument(
                        parameter.source().get("schema"),
                        parameter.source().path("description").textValue(),
                        parameter.source().path("required").asBoolean(),
                        site)));
    JsonNode body =
        contract.resolved(
            contract
                .resolved(operation.source().path("requestBody"))
                .at("/content/application~1json/schema"));
    List<String> required = new ArrayList<>();
    body.path("required").forEach(name -> required.add(name.asText()));
    body.path("properties")
        .properties()
        .forEach(
            entry ->
                arguments.putIfAbsent(
                    entry.getKey(),
                    argument(entry.getValue(), null, required.contains(entry.getKey()), site)));
    return arguments;
  }

  private Map<String, Object> argument(
      JsonNode schema, @Nullable String description, boolean required, Site site) {
    Map<String, Object> argument = jsonSchema(schema, site);
    if (description != null) {
      argument.put("description", description);
    }
    argument.put("required", required);
    return argument;
  }

  private Map<String, Object> jsonSchema(JsonNode given, Site site) {
    JsonNode schema = contract.resolved(given);
    Map<String, Object> result = new LinkedHashMap<>();
    schema
        .properties()
        .forEach(
            entry -> {
              if (KEYWORDS.contains(entry.getKey())) {
                result.put(entry.getKey(), JSON.convertValue(entry.getValue(), Object.class));
              }
            });
    if (schema.path("nullable").asBoolean() && schema.has("type")) {
      result.put("type", List.of(schema.get("type").asText(), "null"));
    }
    format(schema, result);
    if (schema.has("items")) {
      Map<String, Object> items = jsonSchema(schema.get("items"), site);
      result.put("items", items);
      if (!schema.has("default")) {
        named(contract.resolved(schema.get("items")))
            .ifPresent(values -> result.put("default", values.values().stream().sorted().toList()));
      }
    }
    if (schema.has("properties")) {
      Map<String, Object> properties = new LinkedHashMap<>();
      schema
          .get("properties")
          .properties()
          .forEach(entry -> properties.put(entry.getKey(), jsonSchema(entry.getValue(), site)));
      result.put("properties", properties);
    }
    return result;
  }

  private void format(JsonNode schema, Map<String, Object> result) {
    String format = schema.path("format").asText();
    if (format.equals(WordPressDateTime.FORMAT)) {
      result.put("format", "date-time");
    } else if (FORMATS.contains(format)) {
      result.put("format", format);
    }
    named(schema).ifPresent(values -> result.put("enum", values.values()));
  }

  private Optional<NamedValues> named(JsonNode schema) {
    return Optional.ofNullable(namedValues.get(schema.path("format").asText()));
  }
}
