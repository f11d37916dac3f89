package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page at {@code /docs} as it is served. */
class ReferenceTest {

  private static final Pattern PART = Pattern.compile("(?:href|src)=\"(docs/[^\"]+)\"");

  private final HttpApi api = TestServer.fresh().anonymous();

  @Test
  void itsExamplesNameTheServer() {
    Answer page = get("/docs").assertOk();
    assertEquals("text/html; charset=UTF-8", page.header("Content-Type"));
    String host = URI.create(TestServer.fresh().address()).getAuthority();
    assertTrue(page.body().contains("http://" + host + "/wp-json/kbs/v1/tickets"));
    assertFalse(page.body().contains("help.example.com"));
  }

  @Test
  void eachNameOfTheServerHasAPageOfItsOwn() {
    for (int time = 0; time < 2; time++) {
      for (String host : List.of("a.example", "b.example", "c.example", "d.example", "e.example")) {
        Answer page = api.with("X-Forwarded-Host", host).send("GET", "/docs", null, null);
        assertTrue(page.body().contains("http://" + host + "/wp-json/kbs/v1/tickets"), host);
      }
    }
  }

  @Test
  void whoHasItIsToldSo() {
    String tag = get("/docs").header("ETag");
    Answer again = api.with("If-None-Match", tag).send("GET", "/docs", null, null);
    assertEquals(304, again.status());
    assertEquals("no-cache", again.header("Cache-Control"));
  }

  @Test
  void whatItConsistsOfIsKeptForAYear() {
    List<String> parts =
        PART.matcher(get("/docs").body()).results().map(part -> part.group(1)).toList();
    assertEquals(2, parts.size());
    for (String part : parts) {
      Answer answer = get("/" + part).assertOk();
      assertEquals("public, max-age=31536000, immutable", answer.header("Cache-Control"));
      assertTrue(answer.header("Content-Type").startsWith("text/"), answer::toString);
    }
    for (String other :
        List.of("docs.js", "docs.0123456789abcdef.js", "index.html", "..%2Findex")) {
      assertEquals(404, get("/docs/" + other).status(), other);
    }
  }

  private Answer get(String path) {
    return api.send("GET", path, null, null);
  }
}
