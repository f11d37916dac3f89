package io.kbsserver.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An example of what an operation answers.
 *
 * @param status its status
 * @param name its name, which is its own among those of the status; empty where there is no body
 * @param type the media type of the body; empty where there is none
 * @param headers the headers that have an example as well
 * @param body the body
 */
public record Example(
    int status, String name, String type, Map<String, String> headers, JsonNode body) {

  /** Those of an operation, in the order of the contract: what goes well comes first. */
  static List<Example> of(JsonNode operation, ContractTree tree) {
    List<Example> examples = new ArrayList<>();
    operation
        .path("responses")
        .properties()
        .forEach(
            entry -> {
              JsonNode response = tree.resolved(entry.getValue());
              int status = Integer.parseInt(entry.getKey());
              Map<String, String> headers = headers(response, tree);
              if (!response.has("content")) {
                examples.add(new Example(status, "", "", headers, MissingNode.getInstance()));
              }
              response
                  .path("content")
                  .properties()
                  .forEach(
                      content ->
                          content
                              .getValue()
                              .path("examples")
                              .properties()
                              .forEach(
                                  example ->
                                      examples.add(
                                          new Example(
                                              status,
                                              example.getKey(),
                                              content.getKey(),
                                              headers,
                                              tree.resolved(example.getValue()).path("value")))));
            });
    return List.copyOf(examples);
  }

  private static Map<String, String> headers(JsonNode response, ContractTree tree) {
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .path("headers")
        .properties()
        .forEach(
            header -> {
              JsonNode example = tree.resolved(header.getValue()).path("example");
              if (!example.isMissingNode()) {
                headers.put(header.getKey(), example.asText());
              }
            });
    return headers;
  }
}
