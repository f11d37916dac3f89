package io.kbsserver.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What a reader of the contract sees besides types: a value of each thing, where one may go on from
 * an answer, and what each code of an error means.
 */
class ShownTest {

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final JsonNode contract =
      ContractFile.read(new String(ContractFile.packaged(), StandardCharsets.UTF_8));

  @Test
  void everyPropertyParameterAndHeaderShowsAValue() {
    assertEquals(List.of(), withoutExample(contract));
  }

  @Test
  void whatShowsNoneIsNamed() {
    drop("/components/schemas/TicketData/properties/files/description");
    drop("/components/schemas/Attachment/properties/filename/example");
    drop("/components/schemas/TicketData/properties/number/example");
    drop("/components/parameters/PerPage/example");
    drop("/components/headers/Link/schema/example");
    assertEquals(
        List.of(
            "the header Link",
            "the parameter per_page",
            "the property TicketData.number",
            "the property Attachment.filename"),
        withoutExample(contract));
  }

  @Test
  void linksLeadToOperationsWithWhatTheyNeed() {
    List<String> wrong = new ArrayList<>();
    Set<String> linked = new TreeSet<>();
    eachOperation(
        (operation, parameters) ->
            operation
                .path("responses")
                .properties()
                .forEach(
                    status -> {
                      JsonNode response = resolved(status.getValue());
                      response
                          .path("links")
                          .forEach(link -> wrong.addAll(faults(operation, response, link)));
                      if (!response.path("links").isEmpty()) {
                        linked.add(operation.path("operationId").asText());
                      }
                    }));
    assertEquals(List.of(), wrong);
    assertTrue(linked.containsAll(List.of("createTicket", "createReply", "uploadMedia")));
    // Whoever has made something knows where it is.
    List<String> made = new ArrayList<>();
    eachOperation(
        (operation, parameters) ->
            operation
                .path("responses")
                .forEach(
                    response -> {
                      if (resolved(response).path("headers").has("Location")) {
                        made.add(operation.path("operationId").asText());
                      }
                    }));
    assertFalse(made.isEmpty());
    made.removeAll(linked);
    assertEquals(List.of(), made);
  }

  /**
   * What is wrong with a link, by the operation that it leads to and the examples of the answer.
   */
  private List<String> faults(JsonNode operation, JsonNode response, JsonNode unresolved) {
    JsonNode link = resolved(unresolved);
    List<String> faults = new ArrayList<>();
    String name = link.path("operationId").asText();
    Map<String, JsonNode> known = new LinkedHashMap<>();
    Set<String> required = new TreeSet<>();
    eachOperation(
        (target, parameters) -> {
          if (target.path("operationId").asText().equals(name)) {
            for (JsonNode parameter : parameters) {
              known.put(parameter.path("name").asText(), parameter);
              if (parameter.path("required").asBoolean()) {
                required.add(parameter.path("name").asText());
              }
            }
          }
        });
    if (known.isEmpty()) {
      faults.add("There is no operation " + name);
    }
    link.path("parameters").fieldNames().forEachRemaining(required::remove);
    required.forEach(missing -> faults.add(name + " needs " + missing));
    link.path("parameters")
        .properties()
        .forEach(
            entry -> {
              String expression = entry.getValue().asText();
              if (!known.containsKey(entry.getKey())) {
                faults.add(name + " knows no " + entry.getKey());
              } else if (expression.startsWith("$response.body#")) {
                response
                    .path("content")
                    .path("application/json")
                    .path("examples")
                    .forEach(
                        example -> {
                          String pointer = expression.substring("$response.body#".length());
                          if (!resolved(example).path("value").at(pointer).isValueNode()) {
                            faults.add(name + " finds no " + pointer + " in an example");
                          }
                        });
              } else if (!expression.startsWith("$request.path.")
                  || !pathOf(operation)
                      .contains("{" + expression.substring("$request.path.".length()) + "}")) {
                faults.add(name + " finds no " + expression);
              }
            });
    return faults;
  }

  private String pathOf(JsonNode operation) {
    return contract.path("paths").properties().stream()
        .filter(
            path -> path.getValue().properties().stream().anyMatch(e -> e.getValue() == operation))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyCodeOfAnExampleIsExplainedWithItsStatus() {
    JsonNode codes = contract.path("x-kbs-error-codes");
    List<String> unexplained = new ArrayList<>();
    eachError(
        contract,
        (code, status) -> {
          boolean known = false;
          for (JsonNode one : codes.path(code).path("status")) {
            known |= one.asInt() == status;
          }
          if (!known) {
            unexplained.add(code + " " + status);
          }
        });
    assertEquals(List.of(), unexplained);
    List<String> mute = new ArrayList<>();
    for (Map.Entry<String, JsonNode> code : codes.properties()) {
      boolean somewhere = code.getValue().has("status") || code.getValue().has("detail");
      if (!somewhere || code.getValue().path("description").asText().isEmpty()) {
        mute.add(code.getKey());
      }
    }
    assertEquals(List.of(), mute);
    assertFalse(codes.isEmpty());
  }

  private interface Each<A, B> {
    void see(A one, B other);
  }

  /** Each error in an example, with its status. */
  private static void eachError(JsonNode node, Each<String, Integer> each) {
    if (node.path("code").isTextual() && node.at("/data/status").isInt()) {
      each.see(node.path("code").asText(), node.at("/data/status").asInt());
    }
    node.forEach(child -> eachError(child, each));
  }

  private void eachOperation(Each<JsonNode, List<JsonNode>> each) {
    for (JsonNode path : contract.path("paths")) {
      for (Map.Entry<String, JsonNode> entry : path.properties()) {
        if (METHODS.contains(entry.getKey())) {
          List<JsonNode> parameters = new ArrayList<>();
          path.path("parameters").forEach(one -> parameters.add(resolved(one)));
          entry.getValue().path("parameters").forEach(one -> parameters.add(resolved(one)));
          each.see(entry.getValue(), parameters);
        }
      }
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.path("$ref").isTextual()
        ? contract.at(node.path("$ref").asText().substring(1))
        : node;
  }

  private void drop(String pointer) {
    int slash = pointer.lastIndexOf('/');
    JsonNode dropped =
        ((ObjectNode) contract.at(pointer.substring(0, slash)))
            .remove(pointer.substring(slash + 1));
    assertTrue(dropped != null, pointer);
  }

  private static List<String> withoutExample(JsonNode contract) {
    List<String> without = new ArrayList<>();
    contract
        .at("/components/schemas")
        .properties()
        .forEach(schema -> properties(schema.getKey(), schema.getValue(), without));
    List<String> others = new ArrayList<>();
    for (String part : List.of("paths", "x-webhooks", "components")) {
      parametersAndHeaders(contract.path(part), others);
    }
    others.addAll(without);
    return others;
  }

  /** What refers to a schema shows what is shown there. */
  private static void properties(String name, JsonNode schema, List<String> without) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String place = name + "." + property.getKey();
      JsonNode said = property.getValue();
      boolean shownElsewhere =
          said.has("$ref")
              || said.path("items").has("$ref")
              || said.path("additionalProperties").has("$ref");
      boolean hasParts = said.has("properties") || said.path("items").has("properties");
      if (!shownElsewhere && !hasParts && !said.has("example")) {
        without.add("the property " + place);
      }
      properties(place, said, without);
      properties(place + "[]", said.path("items"), without);
    }
  }

  private static void parametersAndHeaders(JsonNode node, List<String> without) {
    for (Map.Entry<String, JsonNode> header : node.path("headers").properties()) {
      if (header.getValue().has("schema") && !isShown(header.getValue())) {
        without.add("the header " + header.getKey());
      }
    }
    if (node.has("in") && node.has("name") && node.has("schema") && !isShown(node)) {
      without.add("the parameter " + node.path("name").asText());
    }
    node.forEach(child -> parametersAndHeaders(child, without));
  }

  private static boolean isShown(JsonNode value) {
    return value.has("example") || value.has("examples") || value.path("schema").has("example");
  }
}
