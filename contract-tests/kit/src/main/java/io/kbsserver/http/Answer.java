package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the server answered. */
public record Answer(String request, int status, Map<String, List<String>> headers, String body) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What must never leave the server: class names, stack traces, SQL. */
  private static final Pattern INNER_LIFE =
      Pattern.compile(
          "\\b(?:java|javax|jakarta|io\\.micronaut|io\\.kbsserver|io\\.netty|com\\.mysql|org\\.\\w+)"
              + "\\.\\w+|Exception|\\tat |\\bselect\\b[^\"]+\\bfrom\\b|\\binsert into\\b|\\bupdate ticket"
              + "|SQLSTATE|mariadb|mysql|hikari|micronaut|netty",
          Pattern.CASE_INSENSITIVE);

  public JsonNode json() {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError(request + " answered no JSON: " + body, e);
    }
  }

  /** A header's value; empty text where it is not there. */
  public String header(String name) {
    return headers.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .findFirst()
        .map(entry -> String.join(", ", entry.getValue()))
        .orElse("");
  }

  /** The value at a path such as {@code ticket_data.agent}, as text. */
  String text(String path) {
    return json().at("/" + path.replace('.', '/')).asText();
  }

  long id() {
    return json().path("id").asLong();
  }

  /** The ids of a list. */
  List<Long> ids() {
    assertOk();
    List<Long> ids = new ArrayList<>();
    json().forEach(ticket -> ids.add(ticket.path("id").asLong()));
    return ids;
  }

  long total() {
    return Long.parseLong(header("X-WP-Total"));
  }

  Answer assertOk() {
    assertEquals(200, status, this::toString);
    return this;
  }

  /** An error of this status and code, in WordPress's envelope, that gives nothing else away. */
  Answer assertError(int expectedStatus, String code) {
    assertEnvelope(expectedStatus);
    assertEquals(code, json().path("code").asText(), this::toString);
    return this;
  }

  /** A 400 that names exactly these parameters. */
  Answer assertNames(String... parameters) {
    assertEnvelope(400);
    List<String> named = new ArrayList<>();
    json().at("/data/params").fieldNames().forEachRemaining(named::add);
    assertEquals(List.of(parameters), named, this::toString);
    for (String parameter : parameters) {
      JsonNode detail = json().at("/data/details").path(parameter);
      assertTrue(detail.path("code").isTextual(), this::toString);
      assertTrue(detail.path("message").isTextual(), this::toString);
    }
    return this;
  }

  /** An error of this status, whatever its code. */
  Answer assertEnvelopeOf(int expectedStatus) {
    assertEnvelope(expectedStatus);
    return this;
  }

  private void assertEnvelope(int expectedStatus) {
    assertEquals(expectedStatus, status, this::toString);
    assertTrue(header("Content-Type").startsWith("application/json"), this::toString);
    JsonNode error = json();
    assertTrue(error.path("code").isTextual(), this::toString);
    assertTrue(error.path("message").isTextual(), this::toString);
    assertEquals(expectedStatus, error.at("/data/status").asInt(), this::toString);
    assertTrue(innerLife().isEmpty(), this::toString);
  }

  /** What the answer shows of the server's insides. */
  public Optional<String> innerLife() {
    return INNER_LIFE.matcher(body + headers).results().map(r -> r.group()).findFirst();
  }

  @Override
  public String toString() {
    String shown = body.length() > 1000 ? body.substring(0, 1000) + "…" : body;
    return request.substring(0, Math.min(300, request.length()))
        + " answered "
        + status
        + " "
        + headers
        + "\n"
        + shown;
  }
}
