package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A page of texts that are several times as large as the memory of the server. */
@Timeout(180)
class ServeTextsTest {

  private static final int TICKETS = 100;
  private static final int RAW = 1024 * 1024;
  private static final int RENDERED = 2 * RAW;

  @Test
  void aPageOfLongTextsNeedsNoMemory() throws Exception {
    TestDatabase database = TestDatabase.get();
    String url = database.createMigratedSchema("long_texts");
    Map<String, String> environment =
        Map.of(
            "KBS_DATABASE_URL",
            url,
            "KBS_DATABASE_USER",
            database.user(),
            "KBS_DATABASE_PASSWORD",
            database.password(),
            // It is about memory: a search in 300 MB takes what time it takes.
            "KBS_QUERY_TIMEOUT",
            "20s",
            "JAVA_TOOL_OPTIONS",
            "-Xmx64m");
    try (ChildProcess server =
        ChildProcess.start(
            Main.class, ChildProcess.classPath(), environment, "serve", "--demo", "--port", "0")) {
      server.awaitLine("Stop it with Ctrl-C");
      URI tickets = URI.create(found(server, "Tickets +(\\S+)"));
      String credentials =
          found(server, "Login +(\\S+)") + ":" + found(server, "Password +(.*)  \\(");
      enlarge(url);

      HttpResponse<InputStream> page =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(tickets + "?per_page=100&search=large&_embed"))
                      .header(
                          "Authorization",
                          "Basic "
                              + Base64.getEncoder()
                                  .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                      .build(),
                  BodyHandlers.ofInputStream());
      assertEquals(200, page.statusCode());
      assertEquals((long) TICKETS * (RAW + RENDERED), charactersOfContents(page.body()));
      assertFalse(server.errors().contains("ERROR"), server.errors());
    }
  }

  /** Makes a hundred tickets with contents of a megabyte. */
  private static void enlarge(String url) throws SQLException {
    TestDatabase database = TestDatabase.get();
    try (Connection connection =
            DriverManager.getConnection(url, database.user(), database.password());
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < TICKETS; i++) {
        statement.executeUpdate("INSERT INTO post (type) VALUES ('kbs_ticket')");
        statement.executeUpdate(
            """
            INSERT INTO ticket (id, number, ticket_key, status, date_local, date_gmt,
              modified_local, modified_gmt, title_key, title_raw, title_rendered, content_raw,
              content_rendered, created_by)
            VALUES (LAST_INSERT_ID(), NULL, 'key', 'open', NOW(), NOW(), NOW(), NOW(), 'large',
              'large', 'large', REPEAT('r', %d), REPEAT('"', %d), 1)
            """
                .formatted(RAW, RENDERED));
      }
    }
  }

  private static long charactersOfContents(InputStream body) throws IOException {
    long characters = 0;
    try (JsonParser json = new JsonFactory().createParser(body)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING
            && ("raw".equals(json.currentName()) || "rendered".equals(json.currentName()))
            && json.getTextLength() >= RAW) {
          characters += json.getTextLength();
        }
      }
    }
    return characters;
  }

  private static String found(ChildProcess server, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(server.output());
    assertEquals(true, matcher.find(), server.output());
    return matcher.group(1);
  }
}
