package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.cli.CommandLineRun;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailRepository;
import io.kbsserver.mail.message.MessageComposer;
import io.kbsserver.mail.notice.OwedMails;
import io.kbsserver.mail.notice.StillTold;
import io.kbsserver.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which mails are owed to whom when something happens to a ticket: what was asked for over HTTP.
 */
class MailTest {

  private static final String DESK = "desk@site.example";
  private static final String COMPANY = "office@company.example";
  private static final String PARTICIPANT = "colleague@company.example";

  private static String schema;
  private static TestServer server;
  private static User manager;
  private static User agent;
  private static User second;
  private static User other;

  private User customer;
  private String address;
  private long ticket;

  @BeforeAll
  static void start() {
    schema = TestDatabase.get().createMigratedSchema("http_mail");
    server = TestServer.on(schema, Map.of());
    manager = server.user("support_manager");
    agent = server.user("support_agent");
    second = server.user("second.agent", "support_agent");
    other = server.user("support_agent");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void somebodyIsTold() {
    server.set("from_email", "help@site.example").set("admin_notice_emails", "[\"" + DESK + "\"]");
    customer = server.user("support_customer");
    address = customer.email();
    fromNowOn();
  }

  @AfterEach
  void asBefore() {
    server.resetSettings();
  }

  private void fromNowOn() {
    owed().leave();
    owed().begin();
    server.sql("DELETE FROM mail");
  }

  private static OwedMails owed() {
    return server.bean(OwedMails.class);
  }

  /** What the job does: it takes all that the log tells. */
  private static void takeAll() {
    while (owed().take()) {
      // There may be more.
    }
  }

  /** A ticket with all that there can be to it. */
  private void open(Object... more) {
    server.customer(address, customer.id(), null);
    ticket = manager.api().post("", ticket(address, more)).assertOk().id();
    long company = server.company("Company");
    server.sql("UPDATE company SET email = ? WHERE id = ?", COMPANY, company);
    server.sql("UPDATE ticket SET company_id = ? WHERE id = ?", company, ticket);
    server.sql(
        "INSERT INTO ticket_participant (ticket_id, email, position) VALUES (?, ?, 1)",
        ticket,
        PARTICIPANT);
  }

  private void openBefore(Object... more) {
    open(more);
    fromNowOn();
  }

  private void update(Object... fields) {
    manager.api().post("/" + ticket, fields(fields)).assertOk();
  }

  private Answer reply(User who, Object... more) {
    Map<String, Object> body = fields("reply_content", "Try another cable.");
    body.putAll(fields(more));
    String path = "/wp-json/kbs/v1/replies/ticket/" + ticket;
    return who.api().send("POST", path, JSON, json(body)).assertOk();
  }

  private void note(User who, String text) {
    who.api().post("/" + ticket + "/notes", fields("note_content", text));
  }

  private void happens(String event) {
    String agents = agent.id() + "," + second.id();
    switch (event) {
      case "opened" -> open();
      case "opened for an agent" -> open("agent_id", agent.id());
      case "assigned" -> {
        openBefore();
        update("agent", agent.id());
      }
      case "assigned again" -> {
        openBefore("agent_id", agent.id());
        update("agent", agent.id());
      }
      case "agents added" -> {
        openBefore("agent_id", agent.id());
        update("agents", agents);
      }
      case "an agent added to others" -> {
        open();
        update("agents", agent.id());
        fromNowOn();
        update("agents", agents);
      }
      case "unassigned" -> {
        openBefore("agent_id", agent.id());
        update("agent", "");
      }
      case "on hold" -> {
        openBefore("agent_id", agent.id());
        update("status", "hold");
      }
      case "closed" -> {
        openBefore("agent_id", agent.id());
        update("status", "closed");
      }
      case "closed again" -> {
        open();
        update("status", "closed");
        fromNowOn();
        update("status", "closed");
      }
      case "opened again" -> {
        open();
        update("status", "closed");
        fromNowOn();
        update("status", "open");
      }
      case "reply" -> {
        openBefore();
        reply(manager);
      }
      case "reply to agents" -> {
        open("agent_id", agent.id());
        update("agents", agents);
        fromNowOn();
        reply(agent);
      }
      case "reply that closes" -> {
        openBefore();
        reply(manager, "close_ticket", true);
      }
      case "reply with a status" -> {
        openBefore();
        reply(manager, "ticket_status", "closed");
      }
      case "reply that opens" -> {
        open();
        update("status", "closed");
        fromNowOn();
        reply(manager);
      }
      case "closed by a reply again" -> {
        open();
        update("status", "closed");
        fromNowOn();
        reply(manager, "close_ticket", true);
      }
      case "reply of the customer" -> {
        open("agent_id", agent.id());
        update("agents", agents);
        fromNowOn();
        reply(customer);
      }
      case "reply in the customer's name" -> {
        open("agent_id", agent.id());
        update("agents", agents);
        fromNowOn();
        reply(manager, "reply_author", customer.id());
      }
      case "reply in the customer's name by the agent" -> {
        openBefore("agent_id", manager.id());
        reply(manager, "reply_author", customer.id());
      }
      case "reply in an agent's name" -> {
        open("agent_id", agent.id());
        update("agents", agents);
        fromNowOn();
        reply(manager, "reply_author", agent.id());
      }
      case "reply of a customer without agent" -> {
        openBefore();
        reply(customer);
      }
      case "note" -> {
        openBefore();
        note(agent, "Not for @" + address + ", but @" + second.login() + " knows (@nobody).");
      }
      case "note that names its author" -> {
        openBefore();
        note(agent, "I, @" + agent.login() + ", was there.");
      }
      case "note that names the customer" -> {
        openBefore();
        note(agent, "@" + customer.login() + " is cross");
      }
      default -> throw new IllegalArgumentException(event);
    }
  }

  private String named(String text) {
    return text.replace("CUSTOMER", address)
        .replace("PARTICIPANT", PARTICIPANT)
        .replace("COMPANY", COMPANY)
        .replace("SECOND", second.email())
        .replace("MANAGER", manager.email())
        .replace("AGENT", agent.email())
        .replace("DESK", DESK);
  }

  private static List<String> mails() {
    takeAll();
    return server.values(
        "SELECT CONCAT(kind, IF(role = 'cc', ' (cc) ', ' '), address) FROM mail ORDER BY id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "opened | | received CUSTOMER, new_ticket_notice DESK",
        "opened | ticket_received_disable_email=1 | new_ticket_notice DESK",
        "opened | ticket_received_disable_email=1; disable_admin_notices=1 |",
        "opened | disable_admin_notices=1 | received CUSTOMER",
        "opened | no_notify_received_emails=[\"CUSTOMER\"] | new_ticket_notice DESK",
        "opened | no_notify_received_emails=[\"@example.org\"] | new_ticket_notice DESK",
        "opened | no_notify_received_emails=[\"@example\"] | received CUSTOMER, new_ticket_notice DESK",
        "opened | copy_participants=1"
            + " | received CUSTOMER, received (cc) PARTICIPANT, new_ticket_notice DESK",
        "opened | copy_participants=1; enable_participants="
            + " | received CUSTOMER, new_ticket_notice DESK",
        "opened | copy_participants=1; copy_company_contact=1 | received CUSTOMER,"
            + " received (cc) PARTICIPANT, received (cc) COMPANY, new_ticket_notice DESK",
        "opened | copy_participants=1; no_notify_received_emails=[\"CUSTOMER\"] | new_ticket_notice DESK",
        "opened | admin_notice_emails=[\"{agent}\",\"no address\"] | received CUSTOMER",
        "opened | admin_notice_emails=[] | received CUSTOMER",
        "opened for an agent | | received CUSTOMER, new_ticket_notice DESK, assigned AGENT",
        "opened for an agent | agent_notices= | received CUSTOMER, new_ticket_notice DESK",
        "opened for an agent | admin_notice_emails=[\"{agent}\"]"
            + " | received CUSTOMER, new_ticket_notice AGENT, assigned AGENT",
        "assigned | | assigned AGENT",
        "assigned | agent_notices= |",
        "assigned again | |",
        "agents added | | assigned SECOND",
        "an agent added to others | | assigned SECOND",
        "unassigned | |",
        "on hold | |",
        "closed | | closed CUSTOMER",
        "closed | ticket_closed_disable_email=1 |",
        "closed | copy_company_contact=1 | closed CUSTOMER, closed (cc) COMPANY",
        "closed again | |",
        "opened again | |",
        "reply | | reply CUSTOMER",
        "reply | ticket_reply_disable_email=1 |",
        "reply | ticket_received_disable_email=1 | reply CUSTOMER",
        "reply | copy_participants=1 | reply CUSTOMER, reply (cc) PARTICIPANT",
        "reply to agents | | reply CUSTOMER, reply_notice SECOND",
        "reply to agents | agent_reply_notices= | reply CUSTOMER",
        "reply that closes | | closed CUSTOMER",
        "reply that closes | ticket_closed_disable_email=1 |",
        "reply with a status | | closed CUSTOMER",
        "reply that opens | | reply CUSTOMER",
        "closed by a reply again | | closed CUSTOMER",
        "reply of the customer | | reply_notice AGENT, reply_notice SECOND",
        "reply of the customer | agent_reply_notices= |",
        "reply of a customer without agent | | reply_notice DESK",
        "reply in the customer's name | copy_participants=1"
            + " | reply_notice AGENT, reply_notice SECOND",
        "reply in the customer's name | agent_reply_notices= |",
        "reply in the customer's name by the agent | | reply_notice MANAGER",
        "reply in an agent's name | | reply CUSTOMER, reply_notice SECOND",
        "note | | note_notice SECOND",
        "note | agent_note_notices= |",
        "note that names its author | |",
        "note that names the customer | |",
      })
  void whoIsToldOfWhat(String event, String settings, String expected) {
    if (settings != null) {
      for (String setting : settings.split("; ")) {
        String[] parts = setting.split("=", 2);
        server.set(parts[0], named(parts[1]).strip());
      }
    }
    happens(event);
    assertEquals(
        expected == null
            ? List.of()
            : Arrays.stream(expected.split(", ")).map(this::named).toList(),
        mails());
  }

  @Test
  void aRowSaysWhatItIsAbout() {
    open("agent_id", agent.id());
    long reply = reply(manager).id();
    takeAll();
    assertEquals(
        List.of(
            "received null null waiting 0 0",
            "new_ticket_notice null null waiting 0 0",
            "assigned null " + agent.id() + " waiting 0 0",
            "reply " + reply + " null waiting 0 0",
            "reply_notice " + reply + " " + agent.id() + " waiting 0 0"),
        server.values(
            "SELECT CONCAT_WS(' ', kind, COALESCE(reply_id, 'null'), COALESCE(user_id, 'null'),"
                + " state, attempts, bare) FROM mail WHERE ticket_id = ? ORDER BY id",
            ticket));
    assertEquals(
        List.of("60"),
        server.values("SELECT DISTINCT TIMESTAMPDIFF(SECOND, created_at, due_at) FROM mail"));
    assertTrue(
        server
            .values("SELECT message_id FROM mail WHERE kind = 'reply'")
            .get(0)
            .matches(
                "ticket-" + ticket + "\\.reply-" + reply + "\\.reply\\.\\w{32}@site\\.example"));
  }

  @Test
  void whatHappensInARowIsOneMailForEach() {
    openBefore("agent_id", agent.id());
    long first = reply(manager).id();
    List<String> before = mails();
    for (int i = 0; i < 9; i++) {
      reply(manager);
    }
    long last = reply(manager).id();
    assertEquals(before, mails());
    assertEquals(
        List.of(first + " " + last),
        server.values("SELECT DISTINCT CONCAT(first_reply_id, ' ', reply_id) FROM mail"));
    // What may be on its way is left as it is.
    server.sql("UPDATE mail SET due_at = created_at");
    reply(manager);
    assertEquals(2 * before.size(), mails().size());
  }

  @Test
  void eachNoteIsToldByItself() {
    openBefore();
    note(agent, "@" + second.login() + ": the first");
    note(agent, "@" + other.login() + ": not for you");
    note(agent, "@" + second.login() + ": the second");
    assertEquals(3, mails().size());
    List<String> texts =
        server.values("SELECT id FROM mail WHERE address = ? ORDER BY id", second.email()).stream()
            .map(id -> server.bean(MailRepository.class).findById(Long.parseLong(id)).orElseThrow())
            .map(mail -> server.bean(MessageComposer.class).compose(mail).text())
            .toList();
    assertEquals(2, texts.size());
    assertTrue(texts.get(0).contains("the first"), texts::toString);
    assertTrue(texts.get(1).contains("the second"), texts::toString);
  }

  @Test
  void addressesThatOnlyLookAlikeAreTwo() {
    server.set("copy_participants", "1");
    open();
    for (String alike : List.of("m\u00fcller@company.example", "muller@company.example")) {
      server.sql("DELETE FROM ticket_participant WHERE email = ?", alike);
      server.sql(
          "INSERT INTO ticket_participant (ticket_id, email, position) VALUES (?, ?,"
              + " (SELECT COALESCE(MAX(p.position), 0) + 1 FROM ticket_participant p"
              + " WHERE p.ticket_id = ?))",
          ticket,
          alike,
          ticket);
    }
    fromNowOn();
    update("status", "closed");
    assertTrue(mails().contains("closed (cc) muller@company.example"), mails()::toString);
    server.sql(
        "INSERT INTO mail SELECT NULL, kind, ticket_id, first_reply_id, reply_id, note_id, user_id,"
            + " 'm\u00fcller@company.example', role, position, caused_by, bare,"
            + " CONCAT('other.', message_id), created_at, due_at, state, attempts, reason, sent_at"
            + " FROM mail WHERE address = 'muller@company.example'");
    assertEquals(
        1, server.number("SELECT COUNT(*) FROM mail WHERE address = 'muller@company.example'"));
  }

  @Test
  void oneThatCannotBeWrittenDownIsInTheWayOfNoOther() {
    String longer = "somebody.with.a.long.name." + TestServer.unique("x") + "@customers.example";
    server.sql("ALTER TABLE mail MODIFY address VARCHAR(48) COLLATE utf8mb4_bin NOT NULL");
    try {
      manager.api().post("", ticket(longer + ".of.many.words.example")).assertOk();
      manager.api().post("", ticket("short@customers.example")).assertOk();
      assertEquals(
          List.of(
              "new_ticket_notice " + DESK,
              "received short@customers.example",
              "new_ticket_notice " + DESK),
          mails());
      assertFalse(owed().take());
    } finally {
      server.sql("ALTER TABLE mail MODIFY address VARCHAR(254) COLLATE utf8mb4_bin NOT NULL");
    }
  }

  /** Or what was written down before a server was killed would be told once more. */
  @Test
  void whereOneCannotBeWrittenDownTheOthersAreWithThePlaceInTheLog() {
    server.sql("ALTER TABLE mail MODIFY address VARCHAR(48) COLLATE utf8mb4_bin NOT NULL");
    server.sql(
        "CREATE TRIGGER killed BEFORE UPDATE ON mail_progress FOR EACH ROW"
            + " IF EXISTS (SELECT 1 FROM mail) THEN SIGNAL SQLSTATE '45000'; END IF");
    try {
      manager.api().post("", ticket("a".repeat(40) + "@of.many.words.example")).assertOk();
      manager.api().post("", ticket("short@customers.example")).assertOk();
      assertTrue(owed().take());
      assertEquals(3, server.number("SELECT COUNT(*) FROM mail"));
    } finally {
      server.sql("DROP TRIGGER killed");
      server.sql("ALTER TABLE mail MODIFY address VARCHAR(254) COLLATE utf8mb4_bin NOT NULL");
    }
  }

  @Test
  void aReplyThatClosedIsToldOfAlsoWhereTheTicketIsOpenAgain() {
    server.set("agent_reply_notices", "");
    openBefore();
    reply(manager, "close_ticket", true);
    update("status", "open");
    assertEquals(List.of("reply " + address), mails());
    fromNowOn();
    reply(manager, "close_ticket", true);
    assertEquals(List.of("closed " + address), mails());
    owed().leave();
    update("status", "open");
    assertEquals(Optional.empty(), against());
    Mail mail = first();
    String text = server.bean(MessageComposer.class).compose(mail).text();
    assertTrue(text.startsWith("There is an answer"), text);
    assertTrue(text.contains("> Try another cable."), text);
    server.set("ticket_reply_disable_email", "1");
    assertTrue(against().isPresent());
    server.set("ticket_reply_disable_email", "");
    fromNowOn();
    reply(manager, "close_ticket", true, "reply_author", customer.id());
    assertEquals(List.of("closed " + address), mails());
    owed().leave();
    update("status", "open");
    assertEquals(Optional.of("the ticket is open again"), against(), "they know what they wrote");
  }

  private static Mail first() {
    return server
        .bean(MailRepository.class)
        .findById(server.number("SELECT MIN(id) FROM mail"))
        .orElseThrow();
  }

  @Test
  void theSiteIsToldOfAReplyThoughTheTicketWasAssignedSince() {
    openBefore();
    reply(customer);
    assertEquals(List.of("reply_notice " + DESK), mails());
    owed().leave();
    update("agent", agent.id());
    assertEquals(Optional.empty(), against());
    server.set("admin_notice_emails", "[]");
    assertTrue(against().isPresent());
  }

  @Test
  void whoGetsACopyAndThenTheMailItselfGetsBoth() {
    server.set("copy_participants", "1");
    openBefore();
    update("status", "closed");
    takeAll();
    update("status", "open");
    server.sql("UPDATE ticket SET email = ? WHERE id = ?", PARTICIPANT, ticket);
    update("status", "closed");
    List<String> mails = mails();
    assertTrue(mails.contains("closed (cc) " + PARTICIPANT), mails::toString);
    assertTrue(mails.contains("closed " + PARTICIPANT), mails::toString);
  }

  @Test
  void aChangeThatCannotBeReadIsInTheWayOfNoOther() {
    open();
    server.sql("UPDATE change_log SET fields = '{' WHERE ticket_id = ?", ticket);
    manager.api().post("", ticket("readable@customers.example")).assertOk();
    assertEquals(
        List.of("received readable@customers.example", "new_ticket_notice " + DESK), mails());
  }

  @Test
  void mailsGoWithTheirTicket() {
    open();
    assertEquals(2, mails().size());
    server.sql("DELETE FROM ticket WHERE id = ?", ticket);
    assertEquals(List.of(), mails());
  }

  @Test
  void ofSeveralServersOneTakesIt() throws Exception {
    open();
    List<Long> tickets = new ArrayList<>(List.of(ticket));
    for (int i = 0; i < 20; i++) {
      tickets.add(manager.api().post("", ticket(address)).assertOk().id());
    }
    ExecutorService servers = Executors.newFixedThreadPool(4);
    try {
      Callable<Void> one =
          () -> {
            takeAll();
            return null;
          };
      for (Future<Void> taken : servers.invokeAll(Collections.nCopies(4, one))) {
        taken.get();
      }
    } finally {
      servers.shutdown();
    }
    assertEquals(2 * tickets.size(), mails().size());
  }

  @Test
  void whatWasBeforeIsToldToNobody() {
    open();
    owed().leave();
    assertFalse(owed().take());
    assertEquals(List.of(), mails());
    owed().begin();
    assertEquals(List.of(), mails());
    update("status", "closed");
    server.sql("UPDATE change_log SET source = 'import' WHERE ticket_id = ?", ticket);
    assertEquals(List.of(), mails());
    update("status", "open");
    update("status", "closed");
    server.sql("UPDATE change_log SET at = at - INTERVAL 3 DAY WHERE ticket_id = ?", ticket);
    assertEquals(List.of(), mails());
  }

  @Test
  void whoIsNoAgentHasNothingOfTheirsMailedToOthers() {
    server.set("customers_open_for_others", "1").set("disable_admin_notices", "1");
    customer.api().post("", ticket("stranger@example.net")).assertOk();
    customer.api().post("", ticket(address)).assertOk();
    agent.api().post("", ticket("stranger@example.net")).assertOk();
    takeAll();
    assertEquals(
        List.of(
            "stranger@example.net 1 " + customer.id(), address + " 0", "stranger@example.net 0"),
        server.values("SELECT CONCAT_WS(' ', address, bare, caused_by) FROM mail ORDER BY id"));
    server.set("mail_text_to_others", "1");
    server.sql("DELETE FROM mail");
    customer.api().post("", ticket("stranger@example.net")).assertOk();
    takeAll();
    assertEquals(
        List.of("stranger@example.net 0 " + customer.id()),
        server.values("SELECT CONCAT_WS(' ', address, bare, caused_by) FROM mail"));
  }

  @Test
  void anAgentIsToldOfWhatTheySee() {
    server.set("restrict_agent_view", "1");
    open("agent_id", agent.id());
    update("status", "open");
    fromNowOn();
    note(manager, "@" + agent.login() + " and @" + other.login() + " might know");
    assertEquals(List.of("note_notice " + agent.email()), mails());
    assertEquals(Optional.empty(), against());
    owed().leave();
    update("agent", second.id());
    assertTrue(against().isPresent(), "they do not see it any more");
  }

  private static Optional<String> against() {
    takeAll();
    List<String> ids = server.values("SELECT id FROM mail");
    assertEquals(1, ids.size(), ids::toString);
    Mail mail =
        server.bean(MailRepository.class).findById(Long.parseLong(ids.get(0))).orElseThrow();
    return server.bean(StillTold.class).reasonAgainst(mail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no agent any more",
        "deleted",
        "disabled",
        "unassigned",
        "another address",
        "switched off"
      })
  void whatIsNotForAnAgentAnyMoreIsNotSent(String change) {
    User mine = server.user("support_agent");
    openBefore();
    update("agent", mine.id());
    assertEquals(Optional.empty(), against());
    UserAccounts accounts = server.bean(UserAccounts.class);
    switch (change) {
      case "no agent any more" -> server.sql("DELETE FROM user_role WHERE user_id = ?", mine.id());
      case "deleted" -> accounts.delete(mine.login());
      case "disabled" -> server.sql("UPDATE app_user SET disabled = TRUE WHERE id = ?", mine.id());
      case "unassigned" -> update("agent", second.id());
      case "another address" ->
          server.sql("UPDATE app_user SET email = 'new@example.org' WHERE id = ?", mine.id());
      case "switched off" -> server.set("agent_notices", "");
      default -> throw new IllegalArgumentException(change);
    }
    Mail mail =
        server
            .bean(MailRepository.class)
            .findById(server.number("SELECT MIN(id) FROM mail"))
            .orElseThrow();
    assertTrue(server.bean(StillTold.class).reasonAgainst(mail).isPresent(), change);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"opened again", "another customer", "deleted", "protected", "participant removed"})
  void whatIsNotForACustomerAnyMoreIsNotSent(String change) {
    server.set("copy_participants", "1");
    openBefore();
    update("status", "closed");
    takeAll();
    String role = change.equals("participant removed") ? "cc" : "to";
    long id = server.number("SELECT id FROM mail WHERE role = ?", role);
    Mail mail = server.bean(MailRepository.class).findById(id).orElseThrow();
    StillTold still = server.bean(StillTold.class);
    assertEquals(Optional.empty(), still.reasonAgainst(mail));
    switch (change) {
      case "opened again" -> update("status", "open");
      case "another customer" ->
          server.sql("UPDATE ticket SET email = 'x@example.net' WHERE id = ?", ticket);
      case "deleted" -> {
        server.sql(
            "INSERT INTO ticket_status (slug, label, registered, assignable, position)"
                + " VALUES ('.deleted', 'Deleted', FALSE, FALSE, 99)");
        server.sql("UPDATE ticket SET status = '.deleted' WHERE id = ?", ticket);
      }
      case "protected" -> server.sql("UPDATE ticket SET protected = TRUE WHERE id = ?", ticket);
      case "participant removed" ->
          server.sql("DELETE FROM ticket_participant WHERE email = ?", PARTICIPANT);
      default -> throw new IllegalArgumentException(change);
    }
    assertTrue(still.reasonAgainst(mail).isPresent(), change);
  }

  @Test
  void aMailCanBeLookedAtBeforeAnyIsSent() {
    server.set("ticket_subject", "Got it: {ticket_title}");
    open();
    Map<String, String> environment = CommandLineRun.environment(schema);
    CommandLineRun shown =
        CommandLineRun.of(environment, "mail", "preview", "received", Long.toString(ticket));
    assertEquals(0, shown.exitCode(), shown::err);
    assertTrue(shown.out().contains("\nTo, each alone:\n  " + address + "\n"), shown::out);
    assertTrue(shown.out().contains("\nSubject: Got it: The printer does"), shown::out);
    assertTrue(shown.out().contains("\nAuto-Submitted: auto-generated\n"), shown::out);
    assertTrue(shown.out().contains("Hello Nina,"), shown::out);
    String number = Long.toString(ticket);
    CommandLineRun none = CommandLineRun.of(environment, "mail", "preview", "note_notice", number);
    assertTrue(none.out().contains("\nTo, each alone:\n  (nobody)\n"), none::out);
    assertFalse(none.out().contains("{note_content}"), none::out);
    note(agent, "@" + second.login() + " and @" + other.login() + " know");
    CommandLineRun noted = CommandLineRun.of(environment, "mail", "preview", "note_notice", number);
    assertTrue(noted.out().contains("\n  " + second.email() + "\n"), noted::out);
    assertTrue(noted.out().contains("\n  " + other.email() + "\n"), noted::out);
    assertTrue(noted.out().contains("> @" + second.login() + " and @"), noted::out);
    CommandLineRun html =
        CommandLineRun.of(environment, "mail", "preview", "reply", Long.toString(ticket), "--html");
    assertTrue(html.out().startsWith("<!DOCTYPE html>"), html::out);
    CommandLineRun gone = CommandLineRun.of(environment, "mail", "preview", "reply", "4711");
    assertEquals(1, gone.exitCode());
    assertTrue(gone.err().contains("There is no ticket 4711"), gone::err);
    CommandLineRun unknown = CommandLineRun.of(environment, "mail", "preview", "bounced", "1");
    assertEquals(2, unknown.exitCode());
    assertTrue(unknown.err().contains("expected one of received, "), unknown::err);
    server.set("from_email", "");
    CommandLineRun nobody =
        CommandLineRun.of(environment, "mail", "preview", "reply", Long.toString(ticket));
    assertTrue(nobody.err().contains("the setting from_email is empty"), nobody::err);
    assertEquals(0, server.number("SELECT COUNT(*) FROM mail"));
  }

  @Test
  void ofAReplyThatIsGoneNobodyIsTold() {
    openBefore();
    long reply = reply(manager).id();
    assertEquals(Optional.empty(), against());
    server.sql("UPDATE reply SET status = 'trash' WHERE id = ?", reply);
    assertEquals(Optional.of("the reply is gone"), against());
  }
}
