package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kbsserver.change.LoggedThings;
import io.kbsserver.change.Subject;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.storage.Jdbc;
import io.micronaut.transaction.TransactionOperations;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stands in the log of changes. That no change is missing there, all tests see to. */
class ChangeLogTest {

  /** The tables that no row of the log tells of, since no answer depends on them but by others. */
  private static final Set<String> NOT_LOGGED =
      Set.of(
          // Where ids come from.
          "post",
          "customer_id",
          "ticket_sequence",
          // What the import remembers.
          "imported",
          "imported_as",
          "imported_password",
          // What WordPress had logged.
          "past_change",
          // Counted from what is logged.
          "term_count",
          // When a password was used last, which is no change of anything.
          "application_password_use",
          // Which store the database goes with.
          "file_store",
          // What requests were answered, for a day.
          "kept_answer",
          // What somebody has read from the log, and where it is sent to: a webhook shows nothing
          // of
          // the help desk, and nobody but its user sees it.
          "webhook",
          "webhook_secret",
          "webhook_delivery",
          "job",
          // What was mailed, and up to where the log was read for that.
          "mail",
          "mail_progress",
          // What came by mail; what became of it is in the log.
          "received_mail",
          // The log itself, and the tests' watch over it.
          "change_log",
          "change_sequence",
          "judged_change",
          // What Flyway remembers.
          "flyway_schema_history");

  private static TestServer server;
  private static User manager;
  private static User agent;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    agent = server.user("support_agent");
  }

  private static long open() {
    return manager.api().post("", ticket("log.owner@example.org")).assertOk().id();
  }

  private static Answer reply(User who, long ticket, Object... fields) {
    return who.api()
        .send(
            "POST",
            "/wp-json/kbs/v1/replies/ticket/" + ticket,
            HttpApi.JSON,
            HttpApi.json(fields(fields)));
  }

  private static List<String> rows(long ticket, String columns) {
    return server.values(
        "SELECT CONCAT_WS(' ', " + columns + ") FROM change_log WHERE ticket_id = ? ORDER BY id",
        ticket);
  }

  @Test
  void everyTableIsLoggedOrNamedWithTheReasonWhyNot() {
    Set<String> tables = new TreeSet<>(NOT_LOGGED);
    for (Subject subject : Subject.values()) {
      tables.add(subject.table());
      subject.parts().forEach(part -> tables.add(part.table()));
    }
    assertEquals(tables, new TreeSet<>(server.values("SHOW TABLES")));
  }

  @Test
  void eachChangeOfATicketIsARowWithItsRevision() {
    long ticket = open();
    manager.api().post("/" + ticket, fields("status", "hold")).assertOk();
    manager.api().post("/" + ticket, fields("status", "hold")).assertOk();
    reply(agent, ticket, "reply_content", "Yes").assertOk();
    agent.api().post("/" + ticket + "/notes", fields("note_content", "No"));
    assertEquals(
        List.of(
            "1 ticket created " + manager.id(),
            "2 ticket updated " + manager.id(),
            "3 reply created " + agent.id(),
            "3 ticket updated " + agent.id(),
            "4 note created " + agent.id()),
        rows(ticket, "revision, kind, action, user_id").stream().sorted().toList());
    assertEquals(4, server.number("SELECT revision FROM ticket WHERE id = ?", ticket));
  }

  @Test
  void theNumberThatIsTakenLastIsToldWithTheTicket() {
    long ticket = open();
    String number = server.values("SELECT number FROM ticket WHERE id = ?", ticket).get(0);
    List<String> fields = rows(ticket, "fields");
    assertEquals(1, fields.size());
    assertTrue(fields.get(0).contains("\"number\":{\"to\":\"" + number + "\"}"), fields::toString);
  }

  @Test
  void aRowTellsWhichFieldsWentFromWhatToWhatAndByWhom() {
    long ticket = open();
    manager.api().post("/" + ticket, fields("status", "hold", "agent", agent.email())).assertOk();
    String fields =
        server
            .values(
                "SELECT fields FROM change_log WHERE ticket_id = ? AND action = 'updated'", ticket)
            .get(0);
    assertTrue(fields.contains("\"status\":{\"from\":\"new\",\"to\":\"hold\"}"), fields);
    assertTrue(fields.contains("\"agent_id\":{\"to\":" + agent.id() + "}"), fields);
    assertEquals(
        List.of("api 1 1"),
        server.values(
            "SELECT CONCAT_WS(' ', c.source, c.request_id IS NOT NULL, p.user_id = c.user_id)"
                + " FROM change_log c JOIN application_password p ON p.uuid = c.credential"
                + " WHERE c.ticket_id = ? AND c.action = 'updated'",
            ticket));
  }

  /** Most of it is told as it is set, and not read for the log. */
  @Test
  void whatIsToldAddsUpToWhatIsThere() throws JsonProcessingException {
    server.set("multiple_agents", "1");
    String email = TestServer.unique("told") + "@example.org";
    String longText = "<p>" + "Grüße, 世界 😀 ".repeat(40) + "</p>";
    long ticket =
        manager
            .api()
            .post(
                "",
                ticket(
                    email,
                    "ticket_title",
                    "Grüße 😀",
                    "ticket_content",
                    longText,
                    "customer_last",
                    "Ü😀".repeat(150),
                    "customer_phone1",
                    "0",
                    "post_category",
                    List.of(server.term("ticket_categories", TestServer.unique("told")))))
            .assertOk()
            .id();
    // What is empty is filled from the customer, and kept as another takes over.
    server.sql("UPDATE customer SET website = 'https://example.org/' WHERE email = ?", email);
    server.sql("UPDATE ticket SET website = '', protected = TRUE WHERE id = ?", ticket);
    String other = TestServer.unique("told") + "@example.org";
    long customer = server.customer(other, null, server.company(TestServer.unique("Told")));
    HttpApi api = manager.api();
    String path = "/" + ticket;
    api.post(path, fields("status", "hold", "agent", agent.email())).assertOk();
    api.post(path, fields("customer", customer)).assertOk();
    api.post(path, fields("status", "open", "agents", manager.id() + "")).assertOk();
    api.post(path, fields("company", server.company(TestServer.unique("Told")))).assertOk();
    List<Long> replies =
        List.of(
            reply(agent, ticket, "reply_content", longText, "close_ticket", true).assertOk().id(),
            reply(manager, ticket, "reply_content", "Short").assertOk().id());
    api.post(path, fields("status", "closed")).assertOk();
    server.set("multiple_agents", "0");
    assertToldOf(Subject.TICKET, ticket);
    for (long reply : replies) {
      assertToldOf(Subject.REPLY, reply);
    }
  }

  private static void assertToldOf(Subject subject, long id) throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode told = json.createObjectNode();
    for (String row :
        server.values(
            "SELECT fields FROM change_log WHERE kind = ? AND subject_id = ? ORDER BY id",
            subject.kind(),
            Long.toString(id))) {
      for (Map.Entry<String, JsonNode> field : json.readTree(row).properties()) {
        if (field.getValue().has("to")) {
          told.putObject(field.getKey()).set("to", field.getValue().get("to"));
        } else {
          told.remove(field.getKey());
        }
      }
    }
    // What was set behind the server's back.
    if (subject == Subject.TICKET) {
      told.putObject("protected").put("to", true);
    }
    @SuppressWarnings("unchecked")
    TransactionOperations<Object> transactions = server.bean(TransactionOperations.class);
    String read =
        transactions.executeRead(any -> LoggedThings.read(server.bean(Jdbc.class), subject, id));
    assertEquals(json.readTree(read), told);
  }

  @Test
  void longTextsAreToldByDigestAndSecretsNever() {
    String text = "A long text. ".repeat(30);
    long ticket =
        manager
            .api()
            .post("", ticket("log.long@example.org", "ticket_content", text))
            .assertOk()
            .id();
    String all = String.join("\n", rows(ticket, "fields"));
    assertFalse(all.contains("A long text. A long"), all);
    assertTrue(all.contains("\"content_raw\":{\"to\":{\"sha256\":\""), all);
    assertFalse(all.contains("ticket_key"), all);
    assertEquals(
        0, server.number("SELECT COUNT(*) FROM change_log WHERE fields LIKE '%$generic$%'"));
  }

  /** It may be a key or a password, which a digest would give away if it is short. */
  @Test
  void ofASettingItIsToldThatItHasChanged() {
    server.set("demo_password", "not-so-secret");
    server.set("demo_password", "quite-secret");
    server.resetSettings();
    assertEquals(
        List.of("created {\"value\":{}}", "updated {\"value\":{}}", "deleted {\"value\":{}}"),
        server.values(
            "SELECT CONCAT_WS(' ', action, fields) FROM change_log"
                + " WHERE kind = 'setting' AND subject_id = 'demo_password' ORDER BY id"));
  }

  @Test
  void whatIsRefusedLeavesNoRow() {
    long ticket = open();
    long before = server.number("SELECT MAX(id) FROM change_log");
    manager.api().post("/" + ticket, fields("status", "no-such")).assertNames("status");
    reply(agent, ticket, "ticket_status", "closed").assertNames("reply_content");
    assertEquals(before, server.number("SELECT MAX(id) FROM change_log"));
  }
}
