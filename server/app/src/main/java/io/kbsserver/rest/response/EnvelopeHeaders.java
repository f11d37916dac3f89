package io.kbsserver.rest.response;

import static java.util.Objects.requireNonNull;

import io.micronaut.http.HttpResponse;
import io.micronaut.json.tree.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The headers that belong to an answer itself, as they stand in an envelope. */
public final class EnvelopeHeaders {

  private static final List<String> NUMBERS = List.of("X-WP-Total", "X-WP-TotalPages");

  /** Headers that describe the message on the wire. */
  private static final Pattern OF_THE_MESSAGE =
      Pattern.compile("date|content-.*", Pattern.CASE_INSENSITIVE);

  private EnvelopeHeaders() {}

  /** Those of an answer, by name. */
  public static Map<String, JsonNode> of(HttpResponse<?> response) {
    Map<String, JsonNode> headers = new TreeMap<>();
    for (String name : response.getHeaders().names()) {
      if (!OF_THE_MESSAGE.matcher(name).matches()) {
        String value = requireNonNull(response.getHeaders().get(name));
        boolean number = NUMBERS.stream().anyMatch(name::equalsIgnoreCase);
        headers.put(
            name,
            number
                ? JsonNode.createNumberNode(Long.parseLong(value))
                : JsonNode.createStringNode(value));
      }
    }
    return headers;
  }
}
