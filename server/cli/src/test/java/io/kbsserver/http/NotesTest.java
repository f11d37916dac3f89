package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.http.TestServer.User;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents note something on a ticket for each other. Who does not see it: the access tests say. */
class NotesTest {

  private static final String OWNER = "notes.owner@example.org";

  private static TestServer server;
  private static User manager;
  private static User agent;

  private long ticket;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    agent = server.user("support_agent");
    server.sql("UPDATE app_user SET display_name = 'Anna Agent' WHERE id = ?", agent.id());
  }

  @BeforeEach
  void openATicket() {
    ticket = manager.api().post("", ticket(OWNER)).assertOk().id();
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  private Answer note(User author, String text) {
    return author.api().post("/" + ticket + "/notes", fields("note_content", text));
  }

  private static Answer written(Answer answer) {
    assertEquals(201, answer.status(), answer::toString);
    return answer;
  }

  private Answer notes(String query) {
    return agent.api().get("/" + ticket + "/notes" + query);
  }

  @Test
  void aNoteIsWrittenAndRead() {
    String before = manager.api().get("/" + ticket).assertOk().body();
    Answer made = written(note(agent, "He called \"twice\".\n\nMore"));
    JsonNode note = made.json();
    assertEquals(ticket, note.get("ticket").asLong());
    assertEquals(agent.id(), note.get("author").asLong());
    assertEquals("Anna Agent", made.text("author_name"));
    assertTrue(made.text("date").matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d"));
    assertEquals("He called \"twice\".\n\nMore", made.text("content.raw"));
    assertEquals(
        "<p>He called &#8220;twice&#8221;.</p>\n<p>More</p>\n", made.text("content.rendered"));
    assertEquals(8, note.size(), "and nothing else");
    String collection = server.address() + TICKETS + "/" + ticket + "/notes";
    assertEquals(collection + "/" + made.id(), made.header("Location"));
    assertEquals(collection + "/" + made.id(), made.text("_links.self.0.href"));
    assertEquals(collection, made.text("_links.collection.0.href"));
    assertEquals(server.address() + TICKETS + "/" + ticket, made.text("_links.ticket.0.href"));
    assertEquals(
        server.address() + "/wp-json/wp/v2/users/" + agent.id(), made.text("_links.author.0.href"));
    assertEquals(note, agent.api().get("/" + ticket + "/notes/" + made.id()).assertOk().json());
    Answer list = notes("").assertOk();
    assertEquals(note, list.json().get(0));
    assertEquals(1, list.total());
    // Not even when it was changed tells of it.
    assertEquals(before, manager.api().get("/" + ticket).assertOk().body());
  }

  @Test
  void theDatesAreOnTheClockOfTheSite() {
    server.set("time_zone", "+02:00");
    JsonNode note = written(note(agent, "Late")).json();
    assertEquals(
        LocalDateTime.parse(note.get("date_gmt").asText()).plusHours(2),
        LocalDateTime.parse(note.get("date").asText()));
  }

  @Test
  void theAuthorIsEmbedded() {
    note(agent, "Mine");
    Answer page = notes("?_embed").assertOk();
    assertEquals(agent.id(), page.json().at("/0/_embedded/author/0/id").asLong());
  }

  @Test
  void theNewestComesFirstUnlessAskedOtherwise() {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(written(note(agent, "Note " + i)).id());
      server.sql(
          "UPDATE ticket_note SET date_gmt = ? WHERE id = ?", "2026-01-0" + (3 - i), ids.get(i));
    }
    assertEquals(ids, notes("").ids());
    assertEquals(List.of(ids.get(2), ids.get(1), ids.get(0)), notes("?order=asc").ids());
    Answer second = notes("?per_page=2&page=2").assertOk();
    assertEquals(List.of(ids.get(2)), second.ids());
    assertEquals(3, second.total());
    assertEquals("2", second.header("X-WP-TotalPages"));
    assertTrue(second.header("Link").endsWith("page=1>; rel=\"prev\""), second::toString);
    notes("?per_page=2&page=3").assertError(400, "rest_post_invalid_page_number");
    server.sql("UPDATE ticket_note SET date_gmt = '2026-01-01' WHERE ticket_id = ?", ticket);
    assertEquals(ids, notes("?order=asc").ids());
  }

  @Test
  void htmlIsReducedForWhoMayNotPublishIt() {
    String text = "<b>x</b><script>alert(1)</script>";
    Answer ofAgent = written(note(agent, text));
    assertEquals("<b>x</b>alert(1)", ofAgent.text("content.raw"));
    assertEquals("note_content", ofAgent.header("Kbs-Changed-Parameters"));
    Answer ofManager = written(note(manager, text));
    assertEquals(text, ofManager.text("content.raw"));
    assertEquals("", ofManager.header("Kbs-Changed-Parameters"));
  }

  @Test
  void aTextIsAskedForAndMayNotBeTooLong() {
    for (String text : new String[] {null, ""}) {
      note(agent, text).assertError(400, "required_fields").assertNames("note_content");
    }
    String longest = "x".repeat(65_535);
    assertEquals(longest, written(note(agent, longest)).text("content.raw"));
    note(agent, longest + "x").assertNames("note_content");
    // As typographic quotes they become longer.
    note(agent, "\"".repeat(60_000)).assertError(400, "rest_too_long");
    assertEquals(1, notes("").total());
  }

  @Test
  void whereThereIsNoneItIsSaid() {
    long note = written(note(agent, "Here")).id();
    long other = manager.api().post("", ticket(OWNER)).assertOk().id();
    HttpApi api = agent.api();
    assertEquals("[]", api.get("/" + other + "/notes").assertOk().body());
    api.get("/" + other + "/notes/" + note).assertError(404, "rest_note_invalid_id");
    api.get("/" + ticket + "/notes/99999999").assertError(404, "rest_note_invalid_id");
    api.get("/99999999/notes").assertError(404, "rest_post_invalid_id");
    api.get("/99999999999999999999/notes").assertError(404, "rest_post_invalid_id");
    api.get("/99999999/notes/" + note).assertError(404, "rest_post_invalid_id");
    api.post("/99999999/notes", fields("note_content", "x"))
        .assertError(404, "rest_post_invalid_id");
    for (String path : List.of("/x" + ticket + "/notes", "/" + ticket + "/notes/x")) {
      api.get(path).assertError(404, "rest_no_route");
    }
    for (String method : List.of("PUT", "PATCH", "DELETE")) {
      api.json(method, "/" + ticket + "/notes", fields("note_content", "x"))
          .assertError(404, "rest_no_route");
      api.json(method, "/" + ticket + "/notes/" + note, fields("note_content", "x"))
          .assertError(404, "rest_no_route");
    }
    server.set("disable_tickets", "1");
    api.get("/" + ticket + "/notes").assertError(404, "rest_no_route");
    api.get("/" + ticket + "/notes/" + note).assertError(404, "rest_no_route");
    note(agent, "x").assertError(404, "rest_no_route");
  }

  @Test
  void notesOfATicketThatIsGoneAreGone() {
    long note = written(note(agent, "Here")).id();
    server.sql(
        "INSERT IGNORE INTO ticket_status (slug, label, registered, assignable, position)"
            + " VALUES ('.deleted', '', FALSE, FALSE, 1000)");
    server.sql("UPDATE ticket SET status = '.deleted' WHERE id = ?", ticket);
    notes("").assertError(404, "rest_post_invalid_id");
    agent.api().get("/" + ticket + "/notes/" + note).assertError(404, "rest_post_invalid_id");
    note(agent, "More").assertError(404, "rest_post_invalid_id");
    server.sql("DELETE FROM ticket WHERE id = ?", ticket);
    assertEquals(0, server.number("SELECT COUNT(*) FROM ticket_note WHERE id = ?", note));
  }

  @Test
  void anAuthorMayBeGoneOrUnknown() {
    long note = written(note(agent, "Whose?")).id();
    String path = "/" + ticket + "/notes/" + note;
    User gone = server.user("support_agent");
    server.sql(
        "UPDATE ticket_note SET author_id = ?, author_name = '' WHERE id = ?", gone.id(), note);
    assertEquals(gone.login(), agent.api().get(path).text("author_name"));
    server.sql("UPDATE app_user SET missing = TRUE, display_name = '' WHERE id = ?", gone.id());
    Answer ofGone = agent.api().get(path).assertOk();
    assertEquals(gone.id(), ofGone.json().get("author").asLong());
    assertEquals("", ofGone.text("author_name"));
    assertFalse(ofGone.json().get("_links").has("author"));
    server.sql("UPDATE ticket_note SET author_id = NULL WHERE id = ?", note);
    Answer unknown = agent.api().get(path).assertOk();
    assertEquals(0, unknown.json().get("author").asLong());
    assertEquals("", unknown.text("author_name"));
    assertFalse(unknown.json().get("_links").has("author"));
  }

  @Test
  void aRestrictedAgentReadsAndWritesNotesOnTicketsInSightOnly() {
    long note = written(note(manager, "Hidden")).id();
    manager.api().post("/" + ticket, fields("agent", manager.id(), "status", "open")).assertOk();
    server.set("restrict_agent_view", "1");
    notes("").assertError(403, "rest_forbidden");
    notes("?page=2").assertError(403, "rest_forbidden");
    agent.api().get("/" + ticket + "/notes/" + note).assertError(403, "rest_forbidden");
    note(agent, "More").assertError(403, "rest_forbidden");
    assertEquals(1, manager.api().get("/" + ticket + "/notes").total());
    manager.api().post("/" + ticket, fields("agent", agent.id())).assertOk();
    written(note(agent, "More"));
    assertEquals(2, notes("").total());
  }

  @Test
  void theDescriptionSaysWhatTheCallerMayDo() {
    long note = written(note(agent, "x")).id();
    String all = TICKETS + "/" + ticket + "/notes";
    User customer = server.user("support_customer");
    for (HttpApi api : List.of(agent.api(), customer.api(), server.anonymous())) {
      boolean may = api.get("/" + ticket + "/notes").status() == 200;
      Answer list = api.send("OPTIONS", all, null, null).assertOk();
      assertEquals(may ? "GET, POST" : "", list.header("Allow"));
      Answer one = api.send("OPTIONS", all + "/" + note, null, null).assertOk();
      assertEquals(may ? "GET" : "", one.header("Allow"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"page=0", "per_page=101", "order=up", "context[]=x"})
  void valuesThatCannotBeAreRefused(String query) {
    notes("?" + query).assertNames(query.replaceFirst("(\\[])?=.*", ""));
  }

  @Test
  void readingTakesWhatEveryRouteTakes() {
    String all = TICKETS + "/" + ticket + "/notes";
    String one = all + "/" + written(note(agent, "x")).id();
    HttpApi nonce = server.anonymous().with("X-WP-Nonce", "1a2b3c4d5e");
    for (String path : List.of(all, one)) {
      agent.api().send("GET", path + "?context=edit&_fields=id", null, null).assertOk();
      agent.api().send("GET", path + "?context[]=x", null, null).assertNames("context");
      server.anonymous().send("GET", path, null, null).assertError(401, "rest_forbidden_context");
      server.anonymous().send("OPTIONS", path, JSON, "{").assertError(400, "rest_invalid_json");
      for (String method : List.of("GET", "OPTIONS")) {
        nonce.send(method, path, null, null).assertError(403, "rest_cookie_invalid_nonce");
        Answer lenient =
            agent.api().preferring("lenient").send(method, path + "?colour=red", null, null);
        assertEquals("colour", lenient.assertOk().header("Kbs-Ignored-Parameters"), path);
      }
    }
  }

  @Test
  void writingTakesWhatEveryRouteTakes() {
    String path = TICKETS + "/" + ticket + "/notes";
    String body = json(fields("note_content", "x"));
    HttpApi api = agent.api();
    assertEquals(
        "x y", written(api.send("POST", path, FORM, "note_content=x+y")).text("content.raw"));
    String part =
        "--B\r\nContent-Disposition: form-data; name=\"note_content\"\r\n\r\nz\r\n--B--\r\n";
    String multipart = "multipart/form-data; boundary=B";
    assertEquals("z", written(api.send("POST", path, multipart, part)).text("content.raw"));
    Answer trimmed = written(api.send("POST", path + "?context=view&_fields=id", JSON, body));
    assertFalse(trimmed.json().has("content"));
    Answer lenient =
        written(api.preferring("lenient").send("POST", path + "?colour=red", JSON, body));
    assertEquals("colour", lenient.header("Kbs-Ignored-Parameters"));
    assertEquals("handling=lenient", lenient.header("Preference-Applied"));
    api.send("POST", path, JSON, json(fields("note_content", "x", "colour", "red")))
        .assertNames("colour");
    api.send("POST", path, JSON, json(fields("note_content", List.of("x"))))
        .assertNames("note_content");
    api.send("POST", path, JSON, "{").assertError(400, "rest_invalid_json");
    api.send("POST", path, "text/plain", "x").assertError(415, "rest_unsupported_media_type");
    api.send("POST", path, JSON, "x".repeat(10 * 1024 * 1024 + 1))
        .assertError(413, "rest_content_too_large");
    server.anonymous().send("POST", path, JSON, body).assertError(401, "rest_forbidden_context");
    server
        .anonymous()
        .with("X-WP-Nonce", "1a2b3c4d5e")
        .send("POST", path, JSON, body)
        .assertError(403, "rest_cookie_invalid_nonce");
    assertEquals(4, notes("").total());
  }
}
