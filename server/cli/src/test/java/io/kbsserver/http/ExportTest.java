package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.http.TestServer.User;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All that somebody sees, at once, and how a copy of it begins. */
@Timeout(180)
class ExportTest {

  private static final String EXPORT = "/wp-json/kbs/v1/tickets/export";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestServer server;
  private static User manager;
  private static User customer;
  private static long first;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    customer = server.user("support_customer");
    server.customer(customer.email(), customer.id(), null);
    first = open("export@example.org");
    // More than are read at a time.
    for (int i = 0; i < 130; i++) {
      open("export@example.org");
    }
  }

  private static long open(String email, Object... more) {
    return manager.api().post("", ticket(email, more)).assertOk().id();
  }

  private static Answer export(User who, String query) {
    return who.api().send("GET", EXPORT + query, null, null).assertOk();
  }

  /** The lines of an export between the first and the last, which say the same. */
  private static List<JsonNode> things(Answer export) {
    List<JsonNode> lines = new ArrayList<>();
    export.body().lines().forEach(line -> lines.add(node(line)));
    JsonNode start = lines.remove(0);
    JsonNode end = lines.remove(lines.size() - 1);
    assertEquals(export.header("Kbs-Position"), start.path("position").asText());
    assertEquals(export.header("Kbs-Position"), end.path("position").asText());
    assertTrue(end.path("complete").asBoolean());
    return lines;
  }

  private static JsonNode node(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void eachTicketIsALineAsItIsRead() {
    Answer export = export(manager, "?after=" + (first - 1));
    assertTrue(export.header("Content-Type").startsWith("text/x-ndjson"));
    assertTrue(export.header("Content-Disposition").endsWith(".ndjson\""));
    List<JsonNode> tickets = things(export);
    assertTrue(tickets.size() > 130);
    assertEquals(manager.api().get("/" + first).json(), tickets.get(0));
    List<Long> ids = tickets.stream().map(ticket -> ticket.path("id").asLong()).toList();
    assertEquals(ids.stream().sorted().distinct().toList(), ids);
    List<JsonNode> rest = things(export(manager, "?after=" + ids.get(99)));
    assertEquals(tickets.subList(100, tickets.size()), rest.subList(0, tickets.size() - 100));
  }

  @Test
  void somebodyGetsWhatTheySee() {
    assertEquals(List.of(), things(export(server.user("subscriber"), "")));
    long own = open(customer.email());
    long reply =
        manager
            .api()
            .send(
                "POST",
                "/wp-json/kbs/v1/replies/ticket/" + own,
                HttpApi.JSON,
                HttpApi.json(fields("reply_content", "Yes")))
            .id();
    long note = manager.api().post("/" + own + "/notes", fields("note_content", "No")).id();
    long file =
        manager
            .api()
            .with("Content-Disposition", "attachment; filename=\"a.txt\"")
            .send("POST", "/wp-json/wp/v2/media?post=" + own, "application/octet-stream", "x")
            .id();
    Map<String, String> all = new TreeMap<>();
    all.put("ticket", HttpApi.TICKETS + "/" + own);
    all.put("reply", "/wp-json/kbs/v1/replies/" + reply);
    all.put("file", "/wp-json/wp/v2/media/" + file);
    all.forEach(
        (kind, address) ->
            assertEquals(
                List.of(customer.api().send("GET", address, null, null).assertOk().json()),
                things(export(customer, "?kind=" + kind)),
                kind));
    assertEquals(List.of(), things(export(customer, "?kind=note")));
    List<JsonNode> notes = things(export(manager, "?kind=note&after=" + (note - 1)));
    assertEquals(
        manager.api().get("/" + own + "/notes/" + note).json(), notes.get(0), "to whom sees it");
  }

  @Test
  void longTextsComeWhole() {
    String text = "Long \"and\" longer. ".repeat(55_000);
    long ticket = open("export@example.org", "ticket_content", text);
    JsonNode read = manager.api().get("/" + ticket).json();
    assertEquals(read, things(export(manager, "?after=" + (ticket - 1))).get(0));
    String table = export(manager, "?format=csv&after=" + (ticket - 1)).body();
    assertTrue(table.contains(text.strip().replace("\"", "\"\"")));
  }

  @Test
  void aTableRunsNothingInASpreadsheet() {
    long formula =
        open(
            "formula@example.org",
            "ticket_title",
            "=HYPERLINK(\"http://evil.example\",\"Invoice\")",
            "ticket_content",
            "@SUM(1,2)\nsecond line",
            "customer_phone1",
            "+49 40 1234",
            "customer_phone2",
            "1;=1+1");
    Answer export = export(manager, "?format=csv&after=" + (formula - 1));
    assertEquals("text/csv; charset=utf-8; header=present", export.header("Content-Type"));
    String[] lines = export.body().split("\r\n");
    assertTrue(lines[0].startsWith("id,number,status,date_gmt,"), lines[0]);
    assertTrue(lines[1].startsWith(formula + ","), lines[1]);
    assertTrue(
        lines[1].contains(",\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"Invoice\"\")\","),
        lines[1]);
    assertTrue(lines[1].contains(",\"'@SUM(1,2)\nsecond line\","), lines[1]);
    assertTrue(lines[1].contains(",'+49 40 1234,"), lines[1]);
    assertTrue(lines[1].contains(",\"1;=1+1\","), lines[1]);
    for (String kind : List.of("reply", "note", "file")) {
      assertTrue(export(manager, "?format=csv&kind=" + kind).body().startsWith("id,"), kind);
    }
  }

  @Test
  void itIsCompressedForWhoTakesItSo() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + EXPORT))
            .header("Authorization", HttpApi.basic(manager.login(), manager.password()))
            .header("Accept-Encoding", "gzip")
            .build();
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertEquals("gzip", response.headers().firstValue("Content-Encoding").orElse(""));
    try (InputStream body = new GZIPInputStream(response.body())) {
      assertTrue(new String(body.readAllBytes(), UTF_8).endsWith("\"complete\":true}\n"));
    }
  }

  @Test
  void headTellsThePositionOnly() {
    Answer head = manager.api().send("HEAD", EXPORT, null, null).assertOk();
    assertEquals("", head.body());
    assertFalse(head.header("Kbs-Position").isEmpty());
  }

  @Test
  void whatNobodyKnowsIsNamed() {
    Answer answer =
        manager.api().preferring("lenient").send("GET", EXPORT + "?colour=red", null, null);
    assertEquals("colour", answer.assertOk().header("Kbs-Ignored-Parameters"));
  }

  @Test
  void whatCannotBeReadIsNamed() {
    HttpApi api = manager.api();
    for (String wrong : List.of("after=-1", "after=x", "format=xml", "kind=user")) {
      api.send("GET", EXPORT + "?" + wrong, null, null)
          .assertNames(wrong.substring(0, wrong.indexOf('=')));
    }
  }

  @Test
  void aCopyThatBeginsWithTheExportAndGoesOnWithChangesIsWhatThereIs() {
    Answer export = export(manager, "");
    Map<Long, JsonNode> copy = new LinkedHashMap<>();
    // Changed between the export and the first look at the changes.
    manager.api().post("/" + first, fields("status", "hold")).assertOk();
    long late = open("late@example.org");
    things(export).forEach(ticket -> copy.put(ticket.path("id").asLong(), ticket));
    follow(manager, copy, Long.parseLong(export.header("Kbs-Position")));
    assertEquals("hold", copy.get(first).path("status").asText());
    assertTrue(copy.containsKey(late));
    Map<Long, JsonNode> now = new LinkedHashMap<>();
    things(export(manager, "")).forEach(ticket -> now.put(ticket.path("id").asLong(), ticket));
    assertEquals(now, copy);
  }

  private static void follow(User who, Map<Long, JsonNode> copy, long position) {
    long after = position;
    JsonNode page;
    do {
      page =
          who.api()
              .send("GET", "/wp-json/kbs/v1/changes?kinds=ticket&after=" + after, null, null)
              .assertOk()
              .json();
      for (JsonNode change : page.path("changes")) {
        long id = change.path("id").asLong();
        if (change.path("gone").asBoolean()) {
          copy.remove(id);
        } else if (change.has("object")) {
          copy.put(id, change.path("object"));
        }
      }
      after = page.path("next").asLong();
    } while (page.path("more").asBoolean());
  }

  /** What came from WordPress is exported as it is read, to each role. */
  @Test
  void anImportedSiteIsExportedAsItIsRead() {
    List<String> ids = ImportedServer.get().values("SELECT id FROM ticket ORDER BY id");
    for (WordPressLogin login : WordPressLogin.all()) {
      HttpApi api = ImportedServer.get().login(login.login(), login.password());
      List<JsonNode> read = new ArrayList<>();
      for (String id : ids) {
        Answer one = api.get("/" + id);
        if (one.status() == 200) {
          read.add(one.json());
        }
      }
      assertEquals(read, things(api.send("GET", EXPORT, null, null).assertOk()), login.login());
    }
  }
}
