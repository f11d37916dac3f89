package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.mail.notice.OwedMails;
import io.kbsserver.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each event, whoever causes it, under each setting that says who is told: what {@link #TABLE} says
 * and nothing else. Settings that a mail of the event depends on are changed two at a time as well,
 * for one may hide the other.
 */
class MailTableTest {

  /**
   * An event, who causes it, the mail, who gets it, and the settings that have to be on (+) or off
   * (-) for that. {@code customers} are the customer, and those whom copies are for.
   */
  private static final String TABLE =
      """
      opened          | all      | received          | customers | -received_off -not_notified
      opened          | all      | new_ticket_notice | desk      | -admin_off -admin_is_agent
      opened for      | all      | received          | customers | -received_off -not_notified
      opened for      | all      | new_ticket_notice | desk      | -admin_off -admin_is_agent
      opened for      | all      | new_ticket_notice | agent     | -admin_off +admin_is_agent
      opened for      | all      | assigned          | agent     | +agent_notices
      assigned        | all      | assigned          | agent     | +agent_notices
      added           | all      | assigned          | second    | +agent_notices +multiple_agents
      unassigned      | all      | nothing           |           |
      put on hold     | all      | nothing           |           |
      opened again    | all      | nothing           |           |
      reply           | helpdesk | reply             | customers | -reply_off
      reply           | manager  | reply_notice      | agent     | +agent_reply_notices
      reply           | manager  | reply_notice      | second    | +agent_reply_notices +multiple_agents
      reply           | agent    | reply_notice      | second    | +agent_reply_notices +multiple_agents
      reply           | second   | reply_notice      | agent     | +agent_reply_notices
      reply           | customer | reply_notice      | agent     | +agent_reply_notices
      reply           | customer | reply_notice      | second    | +agent_reply_notices +multiple_agents
      closing reply   | all      | closed            | customers | -closed_off
      closing reply   | manager  | reply_notice      | agent     | +agent_reply_notices
      closing reply   | manager  | reply_notice      | second    | +agent_reply_notices +multiple_agents
      closing reply   | agent    | reply_notice      | second    | +agent_reply_notices +multiple_agents
      closing reply   | second   | reply_notice      | agent     | +agent_reply_notices
      in their name   | all      | reply_notice      | agent     | +agent_reply_notices
      in their name   | all      | reply_notice      | second    | +agent_reply_notices +multiple_agents
      nobody's ticket | helpdesk | reply             | customers | -reply_off
      nobody's ticket | customer | reply_notice      | desk      | +agent_reply_notices -admin_is_agent
      closed          | all      | closed            | customers | -closed_off
      note            | manager  | note_notice       | second    | +agent_note_notices
      note            | agent    | note_notice       | second    | +agent_note_notices
      """;

  /** Who causes an event; of the rest, nobody may. */
  private static final Map<String, List<String>> ACTORS = new LinkedHashMap<>();

  static {
    List<String> helpDesk = List.of("manager", "agent", "second");
    ACTORS.put("opened", List.of("manager", "agent", "customer", "stranger"));
    ACTORS.put("opened for", List.of("manager", "agent"));
    for (String event :
        List.of(
            "assigned", "added", "unassigned", "put on hold", "opened again", "closed", "note")) {
      ACTORS.put(event, helpDesk);
    }
    ACTORS.put("reply", List.of("manager", "agent", "second", "customer"));
    ACTORS.put("closing reply", helpDesk);
    ACTORS.put("in their name", List.of("manager"));
    ACTORS.put("nobody's ticket", List.of("manager", "customer"));
  }

  /** A setting, as it is where it is on and where it is off. */
  private enum Switch {
    RECEIVED_OFF("ticket_received_disable_email", "1", "", false),
    NOT_NOTIFIED("no_notify_received_emails", "[\"@example.org\"]", "[]", false),
    REPLY_OFF("ticket_reply_disable_email", "1", "", false),
    CLOSED_OFF("ticket_closed_disable_email", "1", "", false),
    ADMIN_OFF("disable_admin_notices", "1", "", false),
    ADMIN_IS_AGENT("admin_notice_emails", "[\"{agent}\"]", "[\"" + DESK + "\"]", false),
    AGENT_NOTICES("agent_notices", "1", "", true),
    AGENT_REPLY_NOTICES("agent_reply_notices", "1", "", true),
    AGENT_NOTE_NOTICES("agent_note_notices", "1", "", true),
    COPY_PARTICIPANTS("copy_participants", "1", "", false),
    ENABLE_PARTICIPANTS("enable_participants", "1", "", true),
    COPY_COMPANY_CONTACT("copy_company_contact", "1", "", false),
    MULTIPLE_AGENTS("multiple_agents", "1", "", true);

    private final String setting;
    private final String on;
    private final String off;
    private final boolean standard;

    Switch(String setting, String on, String off, boolean standard) {
      this.setting = setting;
      this.on = on;
      this.off = off;
      this.standard = standard;
    }

    /** How it is where those that are changed are not as they are by themselves. */
    boolean isOn(Set<Switch> changed) {
      return standard != changed.contains(this);
    }
  }

  private static final String DESK = "desk@site.example";

  /** A line of the table, for one who gets a mail. */
  private record Line(
      String event, String by, String mail, String to, boolean copied, Set<String> conditions) {

    boolean isOf(String happened, String actor) {
      return event.equals(happened)
          && (by.equals("all")
              || by.equals(actor)
              || by.equals("helpdesk") && !actor.equals("customer"));
    }

    boolean applies(Set<Switch> changed) {
      return conditions.stream()
          .allMatch(
              one ->
                  Switch.valueOf(one.substring(1).toUpperCase(Locale.ROOT)).isOn(changed)
                      == one.startsWith("+"));
    }

    /** What somebody writes who is no agent is mailed to nobody else. */
    String mail(String actor) {
      boolean isBare =
          List.of("customer", "stranger").contains(actor)
              && List.of("received", "closed").contains(mail)
              && !actor.equals(to);
      return mail + (copied ? " (copy)" : "") + (isBare ? " (bare)" : "") + " " + to;
    }
  }

  private static final List<Line> LINES = TABLE.lines().flatMap(MailTableTest::lines).toList();

  private static TestServer server;
  private static final Map<String, User> PEOPLE = new LinkedHashMap<>();

  @BeforeAll
  static void start() {
    server = TestServer.on(TestDatabase.get().createMigratedSchema("http_mail_table"), Map.of());
    server.set("from_email", "help@site.example").set("customers_open_for_others", "1");
    for (String actor : List.of("manager", "agent", "second")) {
      String role = actor.equals("manager") ? "support_manager" : "support_agent";
      PEOPLE.put(actor, server.user(actor, role));
    }
    for (String actor : List.of("customer", "stranger")) {
      PEOPLE.put(actor, server.user(actor, "support_customer"));
    }
    server.customer(PEOPLE.get("customer").email(), PEOPLE.get("customer").id(), null);
    change(EnumSet.noneOf(Switch.class));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Stream<Line> lines(String written) {
    List<String> cells = Arrays.stream(written.split("\\|", -1)).map(String::strip).toList();
    Set<String> conditions =
        Arrays.stream(cells.get(4).split(" "))
            .filter(one -> !one.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    if (!cells.get(3).equals("customers")) {
      return cells.get(3).isEmpty()
          ? Stream.of()
          : Stream.of(line(cells, cells.get(3), false, conditions));
    }
    Set<String> participants = new TreeSet<>(conditions);
    participants.addAll(List.of("+copy_participants", "+enable_participants"));
    Set<String> company = new TreeSet<>(conditions);
    company.add("+copy_company_contact");
    return Stream.of(
        line(cells, "customer", false, conditions),
        line(cells, "participant", true, participants),
        line(cells, "company", true, company));
  }

  private static Line line(List<String> cells, String to, boolean copied, Set<String> conditions) {
    return new Line(cells.get(0), cells.get(1), cells.get(2), to, copied, conditions);
  }

  static Stream<String[]> events() {
    return ACTORS.entrySet().stream()
        .flatMap(
            event -> event.getValue().stream().map(actor -> new String[] {event.getKey(), actor}));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("events")
  void whoIsTold(String event, String actor) {
    long ticket = prepare(event);
    owed().leave();
    owed().begin();
    long before = server.number("SELECT position FROM mail_progress");
    happen(event, actor, ticket);
    List<Line> lines = LINES.stream().filter(line -> line.isOf(event, actor)).toList();
    List<Executable> checks = new ArrayList<>();
    try {
      for (Set<Switch> changed : settings(lines)) {
        change(changed);
        Set<String> expected =
            lines.stream()
                .filter(line -> line.applies(changed))
                .map(line -> line.mail(actor))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> owed = owedSince(before);
        checks.add(() -> assertEquals(expected, owed, changed::toString));
      }
    } finally {
      change(EnumSet.noneOf(Switch.class));
    }
    assertAll(checks);
  }

  /** As they are, each changed, any two changed that the event depends on, and all. */
  private static List<Set<Switch>> settings(List<Line> lines) {
    Set<String> named =
        lines.stream()
            .flatMap(line -> line.conditions().stream())
            .map(one -> one.substring(1))
            .collect(Collectors.toSet());
    List<Set<Switch>> all = new ArrayList<>();
    all.add(EnumSet.noneOf(Switch.class));
    all.add(EnumSet.allOf(Switch.class));
    for (Switch one : Switch.values()) {
      all.add(EnumSet.of(one));
      for (Switch other : Switch.values()) {
        if (one.compareTo(other) < 0 && isNamed(one, named) && isNamed(other, named)) {
          all.add(EnumSet.of(one, other));
        }
      }
    }
    return all;
  }

  private static boolean isNamed(Switch one, Set<String> named) {
    return named.contains(one.name().toLowerCase(Locale.ROOT));
  }

  private static final Set<Switch> CHANGED = EnumSet.allOf(Switch.class);

  /** Changes these settings, and gives all others their values back. */
  private static void change(Set<Switch> changed) {
    for (Switch one : Switch.values()) {
      if (CHANGED.contains(one) != changed.contains(one)) {
        server.set(one.setting, one.isOn(changed) ? one.on : one.off);
      }
    }
    CHANGED.clear();
    CHANGED.addAll(changed);
  }

  private static OwedMails owed() {
    return server.bean(OwedMails.class);
  }

  /** What the log since then is a reason for, by the settings as they are now. */
  private static Set<String> owedSince(long position) {
    server.sql("DELETE FROM mail");
    server.sql("UPDATE mail_progress SET position = ?", position);
    while (owed().take()) {
      // There may be more.
    }
    List<String> mails =
        server.values(
            "SELECT CONCAT(kind, IF(role = 'cc', ' (copy)', ''), IF(bare, ' (bare)', ''), ' ',"
                + " SUBSTRING_INDEX(address, '@', 1)) FROM mail");
    Set<String> once = new TreeSet<>(mails);
    assertEquals(mails.size(), once.size(), mails::toString);
    return once;
  }

  /** A ticket as it is before something happens; what does not exist yet is 0. */
  private static long prepare(String event) {
    if (event.startsWith("opened") && !event.equals("opened again")) {
      return 0;
    }
    boolean isNobodys = List.of("assigned", "nobody's ticket").contains(event);
    User agent = PEOPLE.get("agent");
    User second = PEOPLE.get("second");
    long ticket =
        opened(
            PEOPLE.get("manager"), isNobodys ? new Object[0] : new Object[] {"agent", agent.id()});
    if (!isNobodys && !event.equals("added")) {
      update(PEOPLE.get("manager"), ticket, "agents", second.id());
    }
    if (event.equals("opened again")) {
      update(PEOPLE.get("manager"), ticket, "status", "closed");
    }
    return ticket;
  }

  private static long opened(User by, Object... more) {
    Map<String, Object> body = ticket(PEOPLE.get("customer").email());
    Map<String, Object> others = fields(more);
    Object agent = others.remove("agent");
    if (agent != null) {
      others.put("agent_id", agent);
    }
    body.putAll(others);
    long ticket = by.api().post("", body).assertOk().id();
    long company = server.company("Company");
    server.sql("UPDATE company SET email = 'company@company.example' WHERE id = ?", company);
    server.sql("UPDATE ticket SET company_id = ? WHERE id = ?", company, ticket);
    server.sql(
        "INSERT INTO ticket_participant (ticket_id, email, position)"
            + " VALUES (?, 'participant@company.example', 1)",
        ticket);
    return ticket;
  }

  private static void update(User by, long ticket, Object... fields) {
    by.api().post("/" + ticket, fields(fields)).assertOk();
  }

  private static void reply(User by, long ticket, Object... more) {
    Map<String, Object> body = fields("reply_content", "Try another cable.");
    body.putAll(fields(more));
    String path = "/wp-json/kbs/v1/replies/ticket/" + ticket;
    by.api().send("POST", path, JSON, json(body)).assertOk();
  }

  private static void happen(String event, String actor, long ticket) {
    User by = PEOPLE.get(actor);
    User agent = PEOPLE.get("agent");
    User second = PEOPLE.get("second");
    switch (event) {
      case "opened" -> opened(by);
      case "opened for" -> opened(by, "agent", agent.id());
      case "assigned" -> update(by, ticket, "agent", agent.id());
      case "added" -> update(by, ticket, "agents", second.id());
      case "unassigned" -> update(by, ticket, "agent", "");
      case "put on hold" -> update(by, ticket, "status", "hold");
      case "opened again" -> update(by, ticket, "status", "open");
      case "closed" -> update(by, ticket, "status", "closed");
      case "reply", "nobody's ticket" -> reply(by, ticket);
      case "closing reply" -> reply(by, ticket, "close_ticket", true);
      case "in their name" -> reply(by, ticket, "reply_author", PEOPLE.get("customer").id());
      case "note" -> {
        String text = "@" + second.login() + ", is @" + PEOPLE.get("customer").login() + " cross?";
        by.api().post("/" + ticket + "/notes", fields("note_content", text));
      }
      default -> throw new IllegalArgumentException(event);
    }
  }
}
