package io.kbsserver.generators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules by which the view is made, with contracts of other routes than ours. */
class GeneratorsViewTest {

  private static final String CONTRACT =
      """
      openapi: 3.0.3
      paths:
        /parcels:
          get:
            operationId: listParcels
            parameters:
              - name: stations
                in: query
                schema: {type: array, default: [], items: {type: string}}
              - $ref: '#/components/parameters/Sizes'
            responses:
              '200':
                description: 'no'
                content:
                  application/json:
                    schema: {type: array, items: {$ref: '#/components/schemas/Parcel'}}
                    example: &parcels
                      - {id: 1, meta: {size: 3}, _meta: {size: 3}, left: 2026-01-02, box: {meta: 1}}
              default: {$ref: '#/components/responses/Failed'}
          post:
            operationId: sendParcel
            requestBody:
              content:
                application/json:
                  schema: {$ref: '#/components/schemas/ParcelToSend'}
            responses:
              '200':
                description: Sent
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/Parcel'}
                    examples:
                      one: {$ref: '#/components/examples/Parcel'}
      components:
        parameters:
          Sizes:
            name: sizes
            in: query
            schema: {type: array, default: [], items: {type: integer}}
          Order:
            name: order
            in: query
            schema: {type: string, default: name, enum: [id, name]}
        responses:
          Failed:
            description: Failed
            content:
              application/json:
                schema: {$ref: '#/components/schemas/Error'}
        examples:
          Parcel: {value: {id: 1, meta: {size: 3}, _meta: {size: 3}}}
        schemas:
          Parcel:
            type: object
            required: [id, meta, _meta]
            properties:
              id: {type: integer}
              meta: {$ref: '#/components/schemas/Meta'}
              _meta: {$ref: '#/components/schemas/Meta'}
              left: {type: string}
              default: {type: string}
              box: {type: object, additionalProperties: {type: integer}}
              parent: {$ref: '#/components/schemas/Parcel'}
          Meta: {type: object, properties: {size: {type: integer}}}
          ParcelToSend:
            type: object
            properties:
              to: {description: An id or a name., x-generators: {type: string, maxLength: 9}}
          Error: {type: object, properties: {error: {type: string}}}
      """;

  private final Map<String, Object> view = view(CONTRACT);

  @Test
  void ofTwoNamesForOneFieldThatOfWordPressStays() {
    assertEquals(List.of("id", "_meta"), at("components", "schemas", "Parcel", "required"));
    assertEquals(
        List.of("id", "_meta", "left", "default", "box", "parent"),
        List.copyOf(map("components", "schemas", "Parcel", "properties").keySet()));
    assertEquals(
        Map.of("id", 1, "_meta", Map.of("size", 3)),
        at("components", "examples", "Parcel", "value"));
  }

  @Test
  void examplesLoseWhatTheirSchemasLose() {
    Object example = content("get", "200").get("example");
    Map<String, Object> parcel =
        Map.of("id", 1, "_meta", Map.of("size", 3), "left", "2026-01-02", "box", Map.of("meta", 1));
    assertEquals(List.of(parcel), example);
  }

  @Test
  void anEmptyListIsNoDefault() {
    List<?> parameters = (List<?>) at("paths", "/parcels", "get", "parameters");
    assertEquals(
        Map.of("type", "array", "items", Map.of("type", "string")),
        ((Map<?, ?>) parameters.get(0)).get("schema"));
    assertEquals(
        Map.of("type", "array", "items", Map.of("type", "integer")),
        at("components", "parameters", "Sizes", "schema"));
  }

  @Test
  void whatIsMarkedIsSaidToGenerators() {
    assertEquals(
        Map.of("description", "An id or a name.", "type", "string", "maxLength", 9),
        at("components", "schemas", "ParcelToSend", "properties", "to"));
  }

  @Test
  void whatLinksLeadToCanBeAskedFor() {
    String linked =
        CONTRACT
            .replace(
                "_meta: {size: 3}, left", "_links: {up: [{href: '/', embeddable: true}]}, left")
            .replace("left: {type: string}", "_links: {type: object}");
    Map<String, Object> offered = view(linked);
    Map<String, Object> properties =
        Document.map(
            Document.map(
                    Document.map(Document.map(offered.get("components")).get("schemas"))
                        .get("Parcel"))
                .get("properties"));
    assertEquals(
        Map.of("type", "array", "items", Map.of()),
        Document.map(properties.get("_embedded")).get("additionalProperties"));
    Map<String, Object> get =
        Document.map(Document.map(Document.map(offered.get("paths")).get("/parcels")).get("get"));
    List<?> parameters = (List<?>) get.get("parameters");
    assertEquals(Map.of("$ref", "#/components/parameters/Embed"), parameters.get(2));
    assertEquals(3, parameters.size());
    // Links that lead to nothing that could be embedded.
    Map<String, Object> not = view(linked.replace("embeddable: true", "embeddable: false"));
    assertTrue(!not.toString().contains("_embed"), not::toString);
  }

  @Test
  void aLinkToAnOperationIsNone() {
    String linked =
        CONTRACT.replace(
            "description: Sent\n",
            "description: Sent\n          links: {All: {operationId: listParcels}}\n");
    assertTrue(GeneratorsView.of(linked).contains("All:"));
  }

  @Test
  void answersAreOpenAndRequestsAreAsTheyWere() {
    for (String answered : List.of("Parcel", "Meta", "ErrorEnvelope")) {
      assertEquals(true, at("components", "schemas", answered, "additionalProperties"), answered);
    }
    assertTrue(!map("components", "schemas", "ParcelToSend").containsKey("additionalProperties"));
    assertEquals(
        Map.of("type", "integer"),
        at("components", "schemas", "Parcel", "properties", "box", "additionalProperties"));
  }

  @Test
  void namesThatLanguagesHaveTakenAreOthers() {
    assertTrue(!map("components", "schemas").containsKey("Error"));
    Object schema = map("components", "responses", "Failed", "content", "application/json");
    assertEquals(Map.of("schema", Map.of("$ref", "#/components/schemas/ErrorEnvelope")), schema);
  }

  @Test
  void valuesThatEnumsHaveTakenAreSentAndCalledOtherwise() {
    assertEquals(
        Map.of(
            "type",
            "string",
            "enum",
            List.of("id", "name"),
            "x-enum-varnames",
            List.of("id", "name_")),
        at("components", "parameters", "Order", "schema"));
  }

  @Test
  void itIsTheSameEveryTime() {
    assertEquals(GeneratorsView.of(CONTRACT), GeneratorsView.of(CONTRACT));
    assertEquals(view, view(GeneratorsView.of(CONTRACT)));
  }

  @Test
  void namesThatNobodyCanTellApartEndTheBuild() {
    refused("A schema has toWhom and to_whom,", "size: {type: integer}", "toWhom: {}, to_whom: {}");
    refused(
        "A schema has meta and _meta,",
        "size: {type: integer}",
        "meta: {type: integer}, _meta: {}");
    refused("listParcels has _sizes and sizes,", "name: stations", "name: _sizes");
    refused("The contract has listParcels and list_parcels,", "sendParcel", "list_parcels");
    refused(
        "A list of values has a-b and a_b,", "error: {type: string", "error: {enum: [a-b, a_b]");
  }

  private static void refused(String why, String part, String other) {
    assertTrue(CONTRACT.contains(part), part);
    String contract = CONTRACT.replace(part, other);
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> GeneratorsView.of(contract));
    assertTrue(refused.getMessage().startsWith(why), refused.getMessage());
  }

  private static Map<String, Object> view(String contract) {
    return Document.parse(GeneratorsView.of(contract)).root();
  }

  private Map<String, Object> content(String method, String status) {
    return map("paths", "/parcels", method, "responses", status, "content", "application/json");
  }

  private Map<String, Object> map(String... place) {
    return Document.map(at(place));
  }

  private Object at(String... place) {
    Object node = view;
    for (String step : place) {
      node = Document.map(node).get(step);
    }
    return node;
  }
}
