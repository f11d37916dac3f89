package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.wordpress.report.ImportReport;
import io.kbsserver.wordpress.report.ImportReport.Outcome;
import io.kbsserver.wordpress.report.ImportReport.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A site is imported, both sides work on, and it is imported again: every ticket has the sender,
 * the customer and the readers that it has in WordPress, but for what was done here and what the
 * report names. What the plugin does to its rows, and what it then answers, is as FINDINGS tells.
 */
class WorkOnBothSidesTest {

  private static final List<String> LOGINS =
      List.of("manager", "anna", "bruno", "chloe", "carl", "dora", "sam");

  private ImportedSite all;

  /** What is asked of every ticket. */
  private record Told(String customer, String sender, String agent, String status, int files) {}

  /** All tickets, each with those who may read it. */
  private Map<Long, Told> tickets() {
    Map<Long, Told> tickets = new TreeMap<>();
    for (String id : all.here.values("SELECT id FROM ticket WHERE status <> '.deleted'")) {
      JsonNode ticket = all.login("manager").get("/" + id).assertOk().json();
      JsonNode data = ticket.path("ticket_data");
      JsonNode info = data.path("user_info");
      tickets.put(
          Long.parseLong(id),
          new Told(
              data.path("customer").asText("0"),
              "%s|%s|%s"
                  .formatted(
                      info.path("first_name").asText(),
                      info.path("last_name").asText(),
                      info.path("email").asText()),
              data.path("agent").asText(),
              ticket.path("status").asText(),
              data.path("files").size()));
    }
    return tickets;
  }

  private Map<String, Set<Long>> readers() {
    Map<String, Set<Long>> readers = new LinkedHashMap<>();
    for (String login : LOGINS) {
      Answer answer = all.login(login).get("?per_page=100&status=");
      readers.put(login, answer.status() == 401 ? Set.of() : new TreeSet<>(answer.ids()));
    }
    return readers;
  }

  /**
   * The plugin rewrites {@code _ticket_data} at every effective change, with the sender as it then
   * stood and the files as objects (FINDINGS 14).
   */
  private void rewritten(long ticket) {
    String data =
        all.site.value(
            "SELECT meta_value FROM wp_postmeta WHERE post_id = ? AND meta_key = '_ticket_data'",
            ticket);
    List<String> files =
        all.site.values(
            "SELECT ID FROM wp_posts WHERE post_type = 'attachment' AND post_parent = ?"
                + " ORDER BY ID DESC",
            ticket);
    StringBuilder objects = new StringBuilder("a:" + files.size() + ":{");
    for (int i = 0; i < files.size(); i++) {
      objects.append(
          ("i:%d;O:7:\"WP_Post\":4:{s:2:\"ID\";i:%s;s:10:\"post_title\";s:9:\"O;'{}\"\u00fc1\";"
                  + "s:9:\"post_type\";s:10:\"attachment\";s:13:\"comment_count\";s:1:\"0\";}")
              .formatted(i, files.get(i)));
    }
    String before = data.substring(0, data.indexOf("s:5:\"files\";") + 12);
    all.meta(ticket, "_ticket_data", (before + objects + "}}").replace("'", "''"));
  }

  private void modified(long ticket, String status) {
    all.site.change(
        "UPDATE wp_posts SET post_modified = '2026-04-01 12:00:00', post_modified_gmt ="
            + " '2026-04-01 10:00:00', post_status = '%s' WHERE ID = %d".formatted(status, ticket));
  }

  /** Closing stores the date and clears who replied last (FINDINGS 8). */
  private void closes(long ticket) {
    modified(ticket, "closed");
    all.meta(ticket, "_kbs_ticket_closed_date", "2026-04-01 12:00:00");
    all.site.change(
        "DELETE FROM wp_postmeta WHERE meta_key = '_kbs_ticket_last_reply_by' AND post_id = "
            + ticket);
    rewritten(ticket);
  }

  /** Assigning a new ticket opens it (FINDINGS 8). */
  private void assigns(long ticket, long agent) {
    all.meta(ticket, "_kbs_ticket_agent_id", agent);
    modified(ticket, "open");
    rewritten(ticket);
  }

  /** Another customer: user and customer change, the sender stays as it was stored (FINDINGS 8). */
  private void givesTo(long ticket, long customer, long user) {
    all.meta(ticket, "_kbs_ticket_customer_id", customer);
    all.meta(ticket, "_kbs_ticket_user_id", user);
    rewritten(ticket);
  }

  /** A reply bumps the ticket, and reopens a closed one (FINDINGS 9). */
  private void replies(long reply, long ticket) {
    all.post(reply, "kbs_ticket_reply", ticket, "Reply");
    all.meta(reply, "_kbs_reply_agent_id", 3);
    all.meta(ticket, "_kbs_ticket_last_reply_by", 2);
    modified(ticket, "open");
    rewritten(ticket);
  }

  @Test
  void everyTicketAgreesButForWhatIsNamed() {
    try (ImportedSite opened = new ImportedSite("both")) {
      all = opened;
      // Files of the kind that the plugin stores as objects later on (FINDINGS 12, Attachment).
      for (long ticket : List.of(18L, 22L, 26L, 31L, 46L, 48L)) {
        all.post(600 + ticket, "attachment", ticket, "Photo");
      }
      all.run();
      Map<Long, Told> first = tickets();
      Map<String, Set<Long>> firstReaders = readers();

      // There: closing, assigning, another customer, a reply, all on tickets with files.
      closes(18);
      assigns(22, 4);
      givesTo(26, 1, 6);
      replies(700, 31);
      replies(701, 31);
      assigns(46, 3);
      // New ones: a customer and a ticket of hers, with ids that are given out here as well.
      long ticketHere =
          all.login("manager").post("", HttpApi.ticket("nina@example.org")).assertOk().id();
      long customerHere =
          Long.parseLong(all.login("manager").get("/" + ticketHere).text("ticket_data.customer"));
      all.customer(customerHere, "otto@example.net", 0);
      all.post(ticketHere, "kbs_ticket", 0, "Of Otto");
      all.meta(ticketHere, "_kbs_ticket_customer_id", customerHere);
      all.meta(ticketHere, "_kbs_ticket_user_email", "otto@example.net");
      all.post(720, "kbs_ticket", 0, "Of Otto again");
      all.meta(720, "_kbs_ticket_customer_id", customerHere);
      // Deleted: an agent, a customer, a ticket. What refers to the first two stays (FINDINGS 14).
      all.site.change(
          "DELETE FROM wp_users WHERE ID = 5",
          "DELETE FROM wp_kbs_customers WHERE id = 2",
          "DELETE FROM wp_posts WHERE ID = 42");
      // Here: on a ticket that only we have changed, and on one that both have.
      all.login("anna").json("POST", "/33", Map.of("status", "closed")).assertOk();
      all.login("anna").json("POST", "/46", Map.of("status", "hold")).assertOk();

      ImportReport report = all.run();
      Map<Long, Told> second = tickets();
      Map<String, Set<Long>> readers = readers();

      Map<Long, Told> expected = new TreeMap<>(first);
      expected.computeIfPresent(18L, (id, told) -> changed(told, null, null, "closed"));
      expected.computeIfPresent(22L, (id, told) -> changed(told, null, "4", "open"));
      expected.computeIfPresent(26L, (id, told) -> changed(told, "1", null, null));
      expected.computeIfPresent(31L, (id, told) -> changed(told, null, null, "open"));
      expected.computeIfPresent(33L, (id, told) -> changed(told, null, null, "closed"));
      expected.computeIfPresent(46L, (id, told) -> changed(told, null, null, "hold"));
      expected.remove(42L);
      Map<Long, Told> made = new TreeMap<>(second);
      made.keySet().removeAll(first.keySet());
      second.keySet().removeAll(made.keySet());
      assertEquals(expected, second);

      // What was made since: ours, and Otto's two, of whom one is named for its id.
      Map<String, Told> byTitle =
          made.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      entry ->
                          all.here.value(
                              "SELECT title_raw FROM ticket WHERE id = ?", entry.getKey()),
                      Map.Entry::getValue));
      assertEquals(3, byTitle.size(), byTitle.toString());
      assertEquals(Long.toString(customerHere), made.get(ticketHere).customer());
      String otto = all.here.value("SELECT id FROM customer WHERE email = 'otto@example.net'");
      assertEquals(otto, byTitle.get("Of Otto").customer());
      assertEquals(otto, made.get(720L).customer());

      // Who reads what: as before, but for Carl, who got a ticket, Dora, whose customer is gone,
      // Chloe, who is gone, and the agents, who see the new ones.
      Map<String, Set<Long>> expectedReaders = new LinkedHashMap<>(firstReaders);
      for (String agent : List.of("manager", "anna", "bruno")) {
        expectedReaders.get(agent).remove(42L);
        expectedReaders.get(agent).addAll(made.keySet());
      }
      expectedReaders.put("chloe", Set.of());
      expectedReaders.get("carl").add(26L);
      // What she takes part in stays hers: e-mail and participants stay (FINDINGS 8).
      expectedReaders
          .get("dora")
          .removeIf(
              id ->
                  id == 42
                      || !all.site
                          .value(
                              "SELECT COALESCE(GROUP_CONCAT(meta_value), '') FROM wp_postmeta"
                                  + " WHERE meta_key = '_kbs_ticket_participants' AND post_id = ?",
                              id)
                          .contains("\"dora@example.org\""));
      assertEquals(expectedReaders.get("carl"), readers.get("carl"));
      assertEquals(Set.of(), readers.get("chloe"));
      for (String agent : List.of("manager", "anna", "bruno")) {
        assertEquals(expectedReaders.get(agent), readers.get(agent), agent);
      }
      assertEquals(expectedReaders.get("dora"), readers.get("dora"));
      assertEquals(firstReaders.get("sam"), readers.get("sam"));

      assertEquals(
          Set.of(
              "customer 2 DELETED",
              "customer " + customerHere + " REPAIRED",
              "ticket 42 DELETED",
              "ticket 46 KEPT",
              "ticket " + ticketHere + " REPAIRED",
              "user 5 DELETED"),
          report.problems().stream()
              .filter(problem -> problem.outcome() != Outcome.INFORMATION)
              .map(WorkOnBothSidesTest::named)
              .collect(Collectors.toSet()));
    }
  }

  private static String named(Problem problem) {
    return problem.kind() + " " + problem.id() + " " + problem.outcome();
  }

  private static Told changed(Told told, String customer, String agent, String status) {
    return new Told(
        customer == null ? told.customer() : customer,
        told.sender(),
        agent == null ? told.agent() : agent,
        status == null ? told.status() : status,
        told.files());
  }
}
