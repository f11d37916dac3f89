package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.TICKETS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer tells a browser, whoever answers. */
class SecurityHeadersTest {

  private static final TestServer SERVER = TestServer.fresh();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1",
        "GET /docs HTTP/1.1",
        "GET /docs/ HTTP/1.1",
        "GET /docs/nothing HTTP/1.1",
        "GET /openapi.yaml HTTP/1.1",
        "GET /openapi-generators.json HTTP/1.1",
        "OPTIONS /openapi.json HTTP/1.1",
        "GET /wp-json/ HTTP/1.1",
        "OPTIONS " + TICKETS + " HTTP/1.1",
        "GET " + TICKETS + " HTTP/1.1",
        "GET " + TICKETS + "?page=0 HTTP/1.1",
        "GET " + TICKETS + "?_envelope HTTP/1.1",
        "GET /nothing HTTP/1.1",
        "POST / HTTP/1.1",
        "TRACE / HTTP/1.1",
        "GET /wp json HTTP/1.1",
        "GET / HTTP/1.1\r\nX-Large: "
      })
  void everyAnswerHasThemOnce(String start) {
    String large = start.endsWith(": ") ? "x".repeat(20_000) : "";
    Answer answer =
        new RawHttp(SERVER.port())
            .send(start + large + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertEquals("nosniff", only(answer, "X-Content-Type-Options"));
    assertEquals("DENY", only(answer, "X-Frame-Options"));
    assertEquals("no-referrer", only(answer, "Referrer-Policy"));
    String policy = only(answer, "Content-Security-Policy");
    assertTrue(policy.startsWith("default-src 'none'; "), policy);
    assertTrue(policy.endsWith("frame-ancestors 'none'"), policy);
  }

  private static String only(Answer answer, String header) {
    List<String> values =
        answer.headers().entrySet().stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(header))
            .flatMap(entry -> entry.getValue().stream())
            .toList();
    assertEquals(1, values.size(), answer::toString);
    return values.get(0);
  }

  @Test
  void pagesMayUseWhatTheyConsistOf() {
    HttpApi api = SERVER.anonymous();
    String docs = api.send("GET", "/docs", null, null).header("Content-Security-Policy");
    assertTrue(docs.contains("script-src 'self'; style-src 'self';"), docs);
    String welcome = api.send("GET", "/", null, null).header("Content-Security-Policy");
    assertTrue(welcome.contains("style-src 'unsafe-inline';"), welcome);
  }
}
