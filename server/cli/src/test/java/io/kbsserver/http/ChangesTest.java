package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.change.Subject;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.sync.Waiters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What somebody is told of what was changed: all that they see, once, and nothing else. */
@Timeout(180)
class ChangesTest {

  private static final String CHANGES = "/wp-json/kbs/v1/changes";

  private static TestServer server;
  private static User manager;
  private static User agent;
  private static User customer;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    agent = server.user("support_agent");
    customer = server.user("support_customer");
    server.customer(customer.email(), customer.id(), null);
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  private static long now() {
    return changes(manager, "").assertOk().json().path("next").asLong();
  }

  private static Answer changes(User who, String query) {
    return who.api().send("GET", CHANGES + query, null, null);
  }

  /** What somebody is told of: type, id, and what is marked. */
  private static List<String> told(User who, long after) {
    List<String> told = new ArrayList<>();
    changes(who, "?after=" + after)
        .assertOk()
        .json()
        .path("changes")
        .forEach(
            change ->
                told.add(
                    change.path("type").asText()
                        + " "
                        + change.path("id").asLong()
                        + (change.path("gone").asBoolean() ? " gone" : "")
                        + (change.path("appeared").asBoolean() ? " appeared" : "")));
    return told;
  }

  private static long open(String email, Object... more) {
    return manager.api().post("", ticket(email, more)).assertOk().id();
  }

  private static long ofTheCustomer() {
    return open(customer.email());
  }

  private static long reply(long ticket) {
    return manager
        .api()
        .send(
            "POST",
            "/wp-json/kbs/v1/replies/ticket/" + ticket,
            HttpApi.JSON,
            HttpApi.json(fields("reply_content", "Please try again.")))
        .assertOk()
        .id();
  }

  private static long note(long ticket) {
    return manager.api().post("/" + ticket + "/notes", fields("note_content", "Hm")).id();
  }

  private static void update(long ticket, Object... more) {
    manager.api().post("/" + ticket, fields(more)).assertOk();
  }

  /** A change that no route makes, as an import would make it. */
  private static void change(Subject subject, Object id, String sql, Object... args) {
    LoggedWork.in(server, log -> log.change(subject, id, sql, args));
  }

  @Test
  void whoGoesOnWithThePositionSeesEachChangeOnce() {
    long start = now();
    long first = open("one@example.org");
    long reply = reply(first);
    long second = open("two@example.org");
    List<String> seen = new ArrayList<>();
    long after = start;
    boolean more = true;
    while (more) {
      JsonNode page = changes(manager, "?limit=1&after=" + after).assertOk().json();
      page.path("changes").forEach(change -> seen.add(change.path("type").asText()));
      assertTrue(page.path("changes").size() <= 1);
      after = page.path("next").asLong();
      more = page.path("more").asBoolean();
    }
    assertEquals(
        List.of("reply.created", "ticket.created", "ticket.created", "ticket.updated"),
        seen.stream().sorted().toList());
    assertEquals(List.of(), told(manager, after));
    assertEquals(after, now());
    assertTrue(told(manager, start).contains("reply.created " + reply));
    assertEquals(
        List.of("ticket.created " + first, "ticket.updated " + first, "ticket.created " + second),
        told(manager, start).stream().filter(told -> told.startsWith("ticket")).toList());
  }

  @Test
  void aChangeComesWithWhatTheThingIsLikeNow() {
    long start = now();
    long ticket = ofTheCustomer();
    long reply = reply(ticket);
    long note = note(ticket);
    long file =
        manager
            .api()
            .with("Content-Disposition", "attachment; filename=\"a.txt\"")
            .send("POST", "/wp-json/wp/v2/media?post=" + ticket, "application/octet-stream", "x")
            .id();
    update(ticket, "status", "hold");
    for (User who : List.of(manager, customer)) {
      Map<String, String> addresses =
          new TreeMap<>(
              Map.of(
                  "ticket", "/wp-json/kbs/v1/tickets/" + ticket,
                  "reply", "/wp-json/kbs/v1/replies/" + reply,
                  "file", "/wp-json/wp/v2/media/" + file));
      if (who == manager) {
        addresses.put("note", "/wp-json/kbs/v1/tickets/" + ticket + "/notes/" + note);
      }
      Map<String, JsonNode> last = new TreeMap<>();
      changes(who, "?after=" + start)
          .json()
          .path("changes")
          .forEach(
              change -> {
                assertEquals(ticket, change.path("ticket").asLong());
                last.put(change.path("kind").asText(), change);
              });
      assertEquals(addresses.keySet(), last.keySet(), who.login());
      addresses.forEach(
          (kind, address) ->
              assertEquals(
                  who.api().send("GET", address, null, null).assertOk().json(),
                  last.get(kind).path("object"),
                  kind));
    }
    List<JsonNode> tickets = new ArrayList<>();
    changes(manager, "?kinds=ticket&after=" + start).json().path("changes").forEach(tickets::add);
    assertEquals(
        List.of("ticket"), tickets.stream().map(t -> t.path("kind").asText()).distinct().toList());
    assertFalse(tickets.get(0).has("object"), "only with the last change");
    assertTrue(tickets.get(0).path("at").asText().matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z"));
  }

  /** Within a second a reply changes nothing of its ticket but how many there are. */
  @Test
  void aTicketIsToldOfWithEachOfItsReplies() {
    long ticket = open("counted@example.org");
    long start = now();
    for (int i = 0; i < 5; i++) {
      reply(ticket);
    }
    JsonNode page = changes(manager, "?kinds=ticket&after=" + start).assertOk().json();
    assertEquals(5, page.path("changes").size(), page::toString);
    assertEquals(5, page.at("/changes/4/object/replies").asInt());
  }

  @Test
  void longTextsComeWhole() {
    long start = now();
    String text = "Long and longer. ".repeat(60_000);
    long ticket = open("long@example.org", "ticket_content", text);
    open("long@example.org", "ticket_content", text);
    JsonNode first = changes(manager, "?after=" + start).assertOk().json().path("changes").get(0);
    assertEquals(manager.api().get("/" + ticket).json(), first.path("object"));
  }

  @Test
  void whatSomebodyNeverSawIsNotTold() {
    long start = now();
    long others = open("somebody.else@example.org");
    reply(others);
    long own = ofTheCustomer();
    note(own);
    update(others, "status", "hold");
    assertEquals(List.of("ticket.created " + own), told(customer, start));
    assertEquals(now(), changes(customer, "?after=" + start).json().path("next").asLong());
    assertEquals(List.of(), told(server.user("subscriber"), start));
  }

  @Test
  void aTicketOfAnotherCustomerIsGoneForTheFirst() {
    long ticket = ofTheCustomer();
    long start = now();
    User next = server.user("support_customer");
    long nextId = server.customer(next.email(), next.id(), null);
    server.sql("DELETE FROM ticket_participant WHERE ticket_id = ?", ticket);
    update(ticket, "customer", nextId);
    reply(ticket);
    assertEquals(List.of("ticket.deleted " + ticket + " gone"), told(customer, start));
    JsonNode gone = changes(customer, "?after=" + start).json().path("changes").get(0);
    assertFalse(gone.has("object"));
    assertEquals("ticket.updated " + ticket + " appeared", told(next, start).get(0));
    // A later change of it is nothing to them any more.
    long later = now();
    update(ticket, "status", "hold");
    assertEquals(List.of(), told(customer, later));
    assertEquals(List.of("ticket.updated " + ticket), told(next, later));
  }

  @Test
  void aTicketOfAnotherAgentIsGoneForARestrictedOne() {
    server.set("restrict_agent_view", "1");
    User other = server.user("support_agent");
    long ticket = open("restricted@example.org", "agent_id", agent.id());
    long start = now();
    update(ticket, "agent", other.id());
    assertEquals(List.of("ticket.deleted " + ticket + " gone"), told(agent, start));
    assertEquals(List.of("ticket.updated " + ticket + " appeared"), told(other, start));
    long back = now();
    update(ticket, "agents", String.valueOf(agent.id()));
    update(ticket, "status", "hold");
    assertEquals(
        List.of("ticket.updated " + ticket + " appeared", "ticket.updated " + ticket),
        told(agent, back));
    // Told of what is now: it has come and gone meanwhile.
    assertEquals(
        List.of(
            "ticket.updated " + ticket,
            "ticket.updated " + ticket + " appeared",
            "ticket.updated " + ticket),
        told(agent, start));
  }

  @Test
  void aTicketOfAnotherDepartmentIsGone() {
    server.set("restrict_agent_view", "1");
    long mine = server.term("ticket_departments", TestServer.unique("mine"));
    long others = server.term("ticket_departments", TestServer.unique("others"));
    server.sql(
        "INSERT INTO department_agent (department_id, user_id) VALUES (?, ?)", mine, agent.id());
    long ticket = open("dept@example.org", "agent_id", manager.id(), "department", mine);
    long start = now();
    update(ticket, "department", others);
    assertEquals(List.of("ticket.deleted " + ticket + " gone"), told(agent, start));
  }

  @Test
  void whatIsPutInTheTrashOrDeletedIsGone() {
    long ticket = ofTheCustomer();
    for (String status : List.of("trash", ".deleted")) {
      server.sql(
          "INSERT IGNORE INTO ticket_status (slug, label, registered, assignable, position)"
              + " VALUES (?, ?, FALSE, FALSE, 99)",
          status,
          status);
    }
    long start = now();
    change(Subject.TICKET, ticket, "UPDATE ticket SET status = 'trash' WHERE id = ?", ticket);
    assertEquals(List.of("ticket.deleted " + ticket + " gone"), told(customer, start));
    assertEquals(List.of("ticket.updated " + ticket), told(agent, start));
    long trashed = now();
    change(Subject.TICKET, ticket, "UPDATE ticket SET status = '.deleted' WHERE id = ?", ticket);
    assertEquals(List.of(), told(customer, trashed));
    assertEquals(List.of("ticket.deleted " + ticket + " gone"), told(agent, trashed));
  }

  @Test
  void whatIsProtectedIsGoneForCustomersOnly() {
    long ticket = ofTheCustomer();
    long start = now();
    change(Subject.TICKET, ticket, "UPDATE ticket SET protected = TRUE WHERE id = ?", ticket);
    assertEquals(List.of("ticket.deleted " + ticket + " gone"), told(customer, start));
    assertEquals(List.of("ticket.updated " + ticket), told(manager, start));
  }

  @Test
  void aParticipantWhoIsTakenOffIsToldThatItIsGone() {
    long ticket = open("owner@example.org");
    change(
        Subject.TICKET,
        ticket,
        "INSERT INTO ticket_participant (ticket_id, email, position) VALUES (?, ?, 7)",
        ticket,
        customer.email().toUpperCase(Locale.ROOT));
    long start = now();
    change(
        Subject.TICKET,
        ticket,
        "DELETE FROM ticket_participant WHERE ticket_id = ? AND position = 7",
        ticket);
    assertEquals(List.of("ticket.deleted " + ticket + " gone"), told(customer, start));
  }

  @Test
  void aReplyThatIsNotPublishedAnyMoreIsGoneForCustomersOnly() {
    long ticket = ofTheCustomer();
    long reply = reply(ticket);
    long start = now();
    change(Subject.REPLY, reply, "UPDATE reply SET status = 'trash' WHERE id = ?", reply);
    assertEquals(List.of("reply.deleted " + reply + " gone"), told(customer, start));
    assertEquals(List.of("reply.updated " + reply), told(manager, start));
    long trashed = now();
    change(Subject.REPLY, reply, "UPDATE reply SET content_raw = 'Other' WHERE id = ?", reply);
    assertEquals(List.of(), told(customer, trashed));
    change(Subject.REPLY, reply, "UPDATE reply SET status = 'publish' WHERE id = ?", reply);
    assertTrue(told(customer, trashed).contains("reply.updated " + reply));
  }

  @Test
  void notesAndFilesThatAreDeletedAreGoneForWhoSawThem() {
    long ticket = ofTheCustomer();
    long note = note(ticket);
    long file =
        manager
            .api()
            .with("Content-Disposition", "attachment; filename=\"a.txt\"")
            .send("POST", "/wp-json/wp/v2/media?post=" + ticket, "application/octet-stream", "x")
            .id();
    long start = now();
    change(Subject.NOTE, note, "DELETE FROM ticket_note WHERE id = ?", note);
    change(Subject.FILE, file, "DELETE FROM attachment WHERE id = ?", file);
    assertEquals(
        List.of("note.deleted " + note + " gone", "file.deleted " + file + " gone"),
        told(manager, start));
    assertEquals(List.of("file.deleted " + file + " gone"), told(customer, start));
  }

  @Test
  void whoSeesOtherThingsThanBeforeBeginsAnew() {
    User user = server.user("support_agent");
    long start = now();
    change(
        Subject.USER,
        user.id(),
        "UPDATE user_role SET role = 'support_manager' WHERE user_id = ?",
        user.id());
    Answer refused = changes(user, "?after=" + start).assertError(410, "rest_sight_changed");
    assertTrue(refused.json().at("/data/params/after").isTextual());
    assertTrue(refused.text("message").contains("/kbs/v1/tickets/export"));
    assertEquals(List.of(), told(manager, start));
    assertEquals(List.of(), told(user, now()));
  }

  @Test
  void soDoRestrictedAgentsWithOtherDepartments() {
    server.set("restrict_agent_view", "1");
    User user = server.user("support_agent");
    long department = server.term("ticket_departments", TestServer.unique("dep"));
    long start = now();
    change(
        Subject.TERM,
        department,
        "INSERT INTO department_agent (department_id, user_id) VALUES (?, ?)",
        department,
        user.id());
    changes(user, "?after=" + start).assertError(410, "rest_sight_changed");
    assertEquals(List.of(), told(agent, start));
    long joined = now();
    change(
        Subject.TERM,
        department,
        "DELETE FROM department_agent WHERE department_id = ? AND user_id = ?",
        department,
        user.id());
    changes(user, "?after=" + joined).assertError(410, "rest_sight_changed");
  }

  @Test
  void soDoCustomersOfAnotherCompanyOrLogin() {
    User user = server.user("support_customer");
    long id = server.customer(user.email(), user.id(), null);
    long company = server.company("Another");
    long start = now();
    change(Subject.CUSTOMER, id, "UPDATE customer SET company_id = ? WHERE id = ?", company, id);
    changes(user, "?after=" + start).assertError(410, "rest_sight_changed");
    assertEquals(List.of(), told(customer, start));
    long moved = now();
    change(Subject.CUSTOMER, id, "UPDATE customer SET user_id = NULL WHERE id = ?", id);
    changes(user, "?after=" + moved).assertError(410, "rest_sight_changed");
  }

  @Test
  void soDoesEverybodyWhenASettingShowsTicketsOtherwise() {
    long start = now();
    server.set("enable_participants", "0");
    changes(customer, "?after=" + start).assertError(410, "rest_sight_changed");
    assertEquals(List.of(), told(manager, start));
    server.set("enable_sequential", "0");
    changes(manager, "?after=" + start).assertError(410, "rest_sight_changed");
  }

  @Test
  void whatComesBeforeTheOtherSightIsToldFirst() {
    long start = now();
    long ticket = open("before@example.org");
    server.set("enable_sequential", "0");
    JsonNode page = changes(manager, "?after=" + start).assertOk().json();
    assertEquals(ticket, page.path("changes").get(0).path("id").asLong());
    changes(manager, "?after=" + page.path("next").asLong()).assertError(410, "rest_sight_changed");
  }

  @Test
  void aPositionThatNobodyCanGoOnFromIsRefused() {
    changes(manager, "?after=" + (now() + 1)).assertNames("after");
    changes(manager, "?after=9223372036854775807").assertNames("after");
    for (String nonsense : List.of("-1", "1.5", "abc", "99999999999999999999")) {
      changes(manager, "?after=" + nonsense).assertNames("after");
    }
    changes(manager, "?wait=31").assertNames("wait");
    changes(manager, "?limit=101").assertNames("limit");
    changes(manager, "?limit=0").assertNames("limit");
    changes(manager, "?kinds=ticket,user").assertNames("kinds");
    server.anonymous().send("GET", CHANGES, null, null).assertEnvelopeOf(401);
  }

  @Test
  void whoWaitsIsAnsweredWithTheFirstChangeThatTheySee() {
    long start = now();
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(() -> changes(customer, "?wait=30&after=" + start));
    Waiters.await(server, customer.id());
    open("not.theirs@example.org");
    long own = ofTheCustomer();
    JsonNode page = waiting.join().assertOk().json();
    assertEquals(own, page.path("changes").get(0).path("id").asLong());
    assertEquals(customer.api().get("/" + own).json(), page.path("changes").get(0).path("object"));
  }

  @Test
  void whoWaitsInVainIsToldWhereToGoOn() {
    long start = now();
    open("in.vain@example.org");
    long began = System.nanoTime();
    JsonNode page = changes(customer, "?wait=1&after=" + start).assertOk().json();
    assertEquals(0, page.path("changes").size());
    assertTrue(page.path("next").asLong() > start);
    assertTrue(System.nanoTime() - began >= Duration.ofMillis(900).toNanos());
  }

  @Test
  void whoseLoginIsGoneMeanwhileIsToldNothing() {
    User user = server.user("support_manager");
    long start = now();
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(() -> changes(user, "?wait=30&after=" + start));
    Waiters.await(server, user.id());
    server.bean(UserAccounts.class).revoke(user.login(), null);
    open("meanwhile@example.org");
    waiting.join().assertEnvelopeOf(401);
  }

  @Test
  void whatNobodyKnowsIsNamed() {
    Answer answer =
        manager.api().preferring("lenient").send("GET", CHANGES + "?colour=red", null, null);
    assertEquals("colour", answer.assertOk().header("Kbs-Ignored-Parameters"));
    changes(manager, "?colour=red").assertNames("colour");
  }

  @Test
  void theRoutesGoAsThoseOfTicketsGo() {
    for (String path : OperationRequest.OF_CHANGES) {
      HttpApi api = manager.api();
      api.send("GET", path + "?_jsonp=show", null, null).assertError(400, "rest_callback_disabled");
      api.send("OPTIONS", path + "?_jsonp=show", null, null)
          .assertError(400, "rest_callback_disabled");
      Answer described =
          api.preferring("lenient").send("OPTIONS", path + "?colour=red", null, null).assertOk();
      assertEquals("GET", described.header("Allow"));
      assertEquals("colour", described.header("Kbs-Ignored-Parameters"));
      server.set("disable_tickets", "1");
      api.send("GET", path, null, null).assertError(404, "rest_no_route");
      server.resetSettings();
    }
  }

  @Test
  void theFieldsOfChangesCanBeChosen() {
    long start = now();
    open("fields@example.org");
    JsonNode page = changes(manager, "?_fields=next,changes&after=" + start).assertOk().json();
    assertEquals(2, page.size(), page::toString);
  }
}
