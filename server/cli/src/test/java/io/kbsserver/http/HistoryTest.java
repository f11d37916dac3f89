package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.history.HistoryEntry;
import io.kbsserver.history.HistoryService;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.list.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents read what has become of a ticket. Who does not see it: the access tests say. */
class HistoryTest {

  private static TestServer server;
  private static User administrator;
  private static User manager;
  private static User agent;

  private long ticket;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    administrator = server.user("administrator");
    manager = server.user("support_manager");
    agent = server.user("support_agent");
    server.sql("UPDATE app_user SET display_name = 'Anna Agent' WHERE id = ?", agent.id());
  }

  @BeforeEach
  void openATicket() {
    ticket = manager.api().post("", ticket("history.owner@example.org")).assertOk().id();
  }

  private Answer history(User who, String query) {
    return who.api().get("/" + ticket + "/history" + query);
  }

  private Answer reply(String text) {
    return agent
        .api()
        .send(
            "POST",
            "/wp-json/kbs/v1/replies/ticket/" + ticket,
            JSON,
            json(fields("reply_content", text)))
        .assertOk();
  }

  private long note(String text) {
    return agent.api().post("/" + ticket + "/notes", fields("note_content", text)).id();
  }

  private static List<String> types(Answer page) {
    List<String> types = new ArrayList<>();
    page.assertOk().json().forEach(entry -> types.add(entry.get("type").asText()));
    return types;
  }

  private static JsonNode field(JsonNode entry, String name) {
    return StreamSupport.stream(entry.get("changes").spliterator(), false)
        .filter(change -> change.get("field").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + entry));
  }

  @Test
  void itTellsFieldByFieldWhoChangedWhatWhen() {
    agent.api().post("/" + ticket, fields("status", "hold", "agent", agent.email())).assertOk();
    JsonNode changed = history(manager, "").assertOk().json().get(0);
    assertEquals("ticket.updated", changed.get("type").asText());
    assertEquals(ticket, changed.get("ticket").asLong());
    assertEquals(ticket, changed.get("object_id").asLong());
    assertEquals(agent.id(), changed.get("user").asLong());
    assertEquals("Anna Agent", changed.get("user_name").asText());
    assertEquals("api", changed.get("source").asText());
    assertTrue(changed.get("at").asText().matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z"));
    JsonNode status = field(changed, "status");
    assertEquals("[\"new\"]", status.get("from").toString());
    assertEquals("[\"hold\"]", status.get("to").toString());
    assertFalse(status.get("long_text").asBoolean());
    assertEquals("[]", field(changed, "agent").get("from").toString());
    assertEquals("[\"" + agent.id() + "\"]", field(changed, "agent").get("to").toString());
    String address = server.address() + TICKETS + "/" + ticket;
    assertEquals(address + "/history", changed.at("/_links/collection/0/href").asText());
    assertEquals(address, changed.at("/_links/ticket/0/href").asText());
    assertEquals(
        server.address() + "/wp-json/wp/v2/users/" + agent.id(),
        changed.at("/_links/user/0/href").asText());
    assertEquals(11, changed.size(), "and nothing else");
  }

  @Test
  void whatHangsOnTheTicketIsToldInTheOrderOfTheChanges() {
    reply("Have you tried another cable?");
    note("He called twice.");
    assertEquals(
        List.of("note.created", "reply.created", "ticket.updated", "ticket.created"),
        types(history(agent, "")));
    Answer oldest = history(agent, "?order=asc&per_page=3");
    assertEquals(List.of("ticket.created", "ticket.updated", "reply.created"), types(oldest));
    assertEquals(4, oldest.total());
    assertEquals("2", oldest.header("X-WP-TotalPages"));
    assertEquals(List.of("note.created"), types(history(agent, "?order=asc&per_page=3&page=2")));
    history(agent, "?page=3").assertError(400, "rest_post_invalid_page_number");
    assertEquals(
        agent.id(), history(agent, "?_embed").json().at("/0/_embedded/user/0/id").asLong());
  }

  @Test
  void ofLongTextsItTellsThatTheyAreThere() {
    reply("x".repeat(300));
    JsonNode content = field(history(agent, "").json().get(0), "content");
    assertTrue(content.get("long_text").asBoolean());
    assertEquals("[]", content.get("from").toString());
    assertEquals("[]", content.get("to").toString());
  }

  @Test
  void whatIsGoneIsToldWithoutWhatItSaid() {
    long note = note("A secret of the house");
    assertTrue(history(agent, "").body().contains("A secret of the house"));
    server.sql("DELETE FROM ticket_note WHERE id = ?", note);
    JsonNode told = history(agent, "").json().get(0);
    assertEquals("note.created", told.get("type").asText());
    assertEquals(note, told.get("object_id").asLong());
    assertEquals("[]", told.get("changes").toString());
  }

  @Test
  void whatOthersLogInWithIsForAdministrators() {
    server.set("admin_agents", "1");
    try {
      agent.api().post("/" + ticket, fields("status", "hold")).assertOk();
      assertEquals("test", history(administrator, "").json().at("/0/application").asText());
      assertEquals("test", history(agent, "").json().at("/0/application").asText());
      assertTrue(history(manager, "").json().at("/0/application").isNull());
    } finally {
      server.resetSettings();
    }
  }

  @Test
  void itIsForAgentsOnly() {
    User owner = server.user("support_customer");
    server.customer(owner.email(), owner.id(), null);
    ticket = manager.api().post("", ticket(owner.email())).assertOk().id();
    owner.api().get("/" + ticket).assertOk();
    history(owner, "").assertError(403, "rest_forbidden");
    assertEquals(401, server.anonymous().get("/" + ticket + "/history").status());
    agent.api().get("/99999999/history").assertError(404, "rest_post_invalid_id");
    assertEquals("GET", agent.api().send("OPTIONS", path(), null, null).header("Allow"));
    assertEquals("", owner.api().send("OPTIONS", path(), null, null).header("Allow"));
  }

  @Test
  void itTakesWhatEveryRouteTakes() {
    HttpApi api = agent.api();
    Answer trimmed = api.send("GET", path() + "?context=view&_fields=type", null, null).assertOk();
    assertEquals("[{\"type\":\"ticket.created\"}]", trimmed.body());
    api.send("GET", path() + "?context[]=x", null, null).assertNames("context");
    for (String method : List.of("GET", "OPTIONS")) {
      Answer lenient = api.preferring("lenient").send(method, path() + "?colour=red", null, null);
      assertEquals("colour", lenient.assertOk().header("Kbs-Ignored-Parameters"));
    }
    api.send("OPTIONS", path(), JSON, "{").assertError(400, "rest_invalid_json");
    server
        .anonymous()
        .with("X-WP-Nonce", "x")
        .send("OPTIONS", path(), null, null)
        .assertError(403, "rest_cookie_invalid_nonce");
  }

  private String path() {
    return TICKETS + "/" + ticket + "/history";
  }

  @Test
  void whoRunsTheServerSeesAllOfIt() {
    agent.api().post("/" + ticket, fields("status", "hold")).assertOk();
    HistoryService service = server.bean(HistoryService.class);
    assertEquals(List.of(ticket), service.tickets(String.valueOf(ticket)));
    String number = TestServer.unique("KBS-");
    server.sql("UPDATE ticket SET number = ? WHERE id = ?", number, ticket);
    assertEquals(List.of(ticket), service.tickets(number));
    List<HistoryEntry> entries = service.all(ticket, new Window(1, 10, null)).items();
    assertEquals(2, entries.size());
    assertEquals("test", entries.get(1).application());
    assertEquals("status: new -> hold", entries.get(1).changes().get(0).toString());
  }
}
