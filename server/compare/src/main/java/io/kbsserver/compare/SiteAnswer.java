package io.kbsserver.compare;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered.
 *
 * @param status the HTTP status
 * @param headers by name in lower case; several values are joined by commas
 * @param body null where there is none, a text node where it is not JSON
 */
public record SiteAnswer(int status, Map<String, String> headers, @Nullable JsonNode body) {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** An answer with a body as it came over the wire. */
  public static SiteAnswer of(int status, Map<String, String> headers, byte[] body) {
    return new SiteAnswer(status, headers, parsed(body));
  }

  private static @Nullable JsonNode parsed(byte[] body) {
    if (body.length == 0) {
      return null;
    }
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return TextNode.valueOf(new String(body, StandardCharsets.UTF_8));
    }
  }

  /** The code of an error, or an empty text. */
  public String code() {
    return body == null ? "" : body.path("code").asText("");
  }

  /** Whether it is something else than JSON: a web page, most likely. */
  boolean isText() {
    return body != null && body.isTextual();
  }

  /** The parameters that an error names, in alphabetical order. */
  Set<String> params() {
    Set<String> names = new TreeSet<>();
    if (body != null) {
      body.path("data").path("params").fieldNames().forEachRemaining(names::add);
    }
    return names;
  }
}
