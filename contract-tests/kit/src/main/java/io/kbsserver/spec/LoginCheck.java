package io.kbsserver.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a request logs in with, held against what an operation asks for.
 *
 * @param schemes those of the contract, by name
 * @param security what the operation asks for: one of these, each of which may be several
 */
record LoginCheck(JsonNode schemes, JsonNode security) {

  private static final String HEADER = "Authorization";

  /** Nobody has to log in, and a login makes no difference: {@code []} and {@code [{}]}. */
  boolean isOpen() {
    for (JsonNode alternative : security) {
      if (!alternative.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** What is wrong, as a clause whose subject is the client; empty if nothing is. */
  Optional<String> finding(String operation, Exchange exchange, Meaning meaning) {
    if (isOpen()) {
      return Optional.empty();
    }
    List<String> asked = new ArrayList<>();
    for (JsonNode alternative : security) {
      List<JsonNode> together = new ArrayList<>();
      alternative.fieldNames().forEachRemaining(name -> together.add(schemes.path(name)));
      if (together.stream().allMatch(scheme -> isGiven(scheme, exchange, meaning))) {
        return Optional.empty();
      }
      asked.add(together.stream().map(LoginCheck::named).collect(Collectors.joining(" and ")));
    }
    String given = exchange.requestHeader(HEADER);
    return Optional.of(
        "%s, and %s asks for %s"
            .formatted(
                given == null ? "does not log in" : "logs in with " + given.split(" ", 2)[0],
                operation,
                String.join(" or ", asked)));
  }

  private static boolean isGiven(JsonNode scheme, Exchange exchange, Meaning meaning) {
    String name = scheme.path("name").asText();
    return switch (scheme.path("type").asText()) {
      case "http" -> begins(exchange, scheme.path("scheme").asText());
      case "oauth2", "openIdConnect" -> begins(exchange, "bearer");
      case "apiKey" ->
          switch (scheme.path("in").asText()) {
            case "query" -> meaning.query().containsKey(name);
            case "cookie" ->
                (";" + exchange.requestHeader("Cookie")).matches(".*;\\s*\\Q" + name + "\\E=.*");
            default -> exchange.requestHeader(name) != null;
          };
      default -> false;
    };
  }

  private static boolean begins(Exchange exchange, String scheme) {
    String value = exchange.requestHeader(HEADER);
    return value != null
        && value.toLowerCase(Locale.ROOT).startsWith(scheme.toLowerCase(Locale.ROOT) + " ");
  }

  /** A scheme as people say it. */
  private static String named(JsonNode scheme) {
    return switch (scheme.path("type").asText()) {
      case "http" -> scheme.path("scheme").asText();
      case "apiKey" ->
          "the %s %s".formatted(scheme.path("in").asText(), scheme.path("name").asText());
      default -> scheme.path("type").asText("a login that the contract does not describe");
    };
  }
}
