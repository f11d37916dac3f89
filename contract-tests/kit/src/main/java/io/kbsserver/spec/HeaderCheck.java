package io.kbsserver.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kbsserver.spec.Spec.Extent;
import io.kbsserver.spec.Spec.Mismatch;
import io.kbsserver.spec.Spec.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The headers of an answer held against the contract.
 *
 * @param unknown the headers that it does not have
 * @param refused the values that it does not allow: why, by header
 */
record HeaderCheck(List<String> unknown, Map<String, List<Mismatch>> refused) {

  /** What the contract says in its introduction, since every answer of every route may have it. */
  private static final Set<String> ON_EVERY_ROUTE =
      Set.of(
          "link",
          "allow",
          "preference-applied",
          "idempotency-replayed",
          "deprecation",
          "sunset",
          "ratelimit",
          "x-request-id",
          "ratelimit-policy",
          "access-control-allow-origin",
          "access-control-allow-methods",
          "access-control-allow-credentials",
          "access-control-allow-headers",
          "access-control-expose-headers");

  /** Headers of HTTP and of browsers, which mean the same on every server. */
  private static final Set<String> OF_HTTP =
      Set.of(
          "content-type",
          "content-length",
          "content-encoding",
          "date",
          "connection",
          "transfer-encoding",
          "vary",
          "expires",
          "cache-control",
          "x-robots-tag",
          "x-content-type-options",
          "content-security-policy",
          "referrer-policy",
          "x-frame-options");

  static HeaderCheck of(Spec spec, Response response, Map<String, String> headers) {
    List<String> unknown = new ArrayList<>();
    Map<String, List<Mismatch>> refused = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> {
          Optional<String> schema =
              response.headers().keySet().stream()
                  .filter(name::equalsIgnoreCase)
                  .map(response.headers()::get)
                  .findFirst();
          String lower = name.toLowerCase(Locale.ROOT);
          if (schema.isPresent()) {
            List<Mismatch> findings =
                spec.deviations(meant(spec, value, schema.get()), schema.get(), Extent.WHOLE);
            if (!findings.isEmpty()) {
              refused.put(name, findings);
            }
          } else if (!ON_EVERY_ROUTE.contains(lower) && !OF_HTTP.contains(lower)) {
            unknown.add(name);
          }
        });
    return new HeaderCheck(unknown, refused);
  }

  /** Headers are text; a whole number in one is as good as a number. */
  static JsonNode meant(Spec spec, String text, String schema) {
    boolean number = spec.root().at(schema).path("type").asText().equals("integer");
    return number && text.matches("-?\\d{1,18}")
        ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
        : JsonNodeFactory.instance.textNode(text);
  }
}
