package io.kbsserver.tickets;

import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.terms.Taxonomy;
import io.kbsserver.text.SameText;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Tickets in the database, by id. */
@Singleton
class TicketRepository {

  /** A ticket to insert; ids are null where there is none. */
  record NewTicket(
      String number,
      String key,
      String status,
      LocalDateTime local,
      LocalDateTime gmt,
      TicketView.Text title,
      TicketView.Text content,
      Long agentId,
      Long customerId,
      Long companyId,
      Long userId,
      String email,
      String firstName,
      String lastName,
      String phone,
      String additionalPhone,
      String website,
      long createdBy,
      String userIp) {}

  private final Jdbc jdbc;

  TicketRepository(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether there is a ticket with this id, whoever may see it. */
  boolean exists(long id) {
    return jdbc.number(
            "SELECT COUNT(*) FROM ticket WHERE id = ? AND status <> ?",
            List.of(id, BuiltInStatus.DELETED))
        > 0;
  }

  /** The ids of the tickets with this number, newest first; more than one only after an import. */
  List<Long> idsByNumber(String number) {
    record Numbered(long id, String number) {}
    return jdbc
        .query(
            "SELECT id, number FROM ticket WHERE number = ? ORDER BY id DESC",
            List.of(number),
            row -> new Numbered(row.getLong("id"), row.getString("number")))
        .stream()
        .filter(found -> SameText.exceptCase(found.number(), number))
        .map(Numbered::id)
        .toList();
  }

  /**
   * Keeps the sender as the ticket shows it, so that another customer does not change who wrote it.
   * What is empty stays so, and shows what the customer of the day has.
   */
  void keepSender(long id) {
    TicketView.UserInfo sender =
        jdbc.first(
                "SELECT t.first_name, t.last_name, t.user_info_email, t.primary_phone,"
                    + " t.additional_phone, t.website, t.user_info_id,"
                    + " c.email AS customer_email, c.name AS customer_name,"
                    + " c.primary_phone AS customer_primary_phone,"
                    + " c.additional_phone AS customer_additional_phone,"
                    + " c.website AS customer_website"
                    + " FROM ticket t LEFT JOIN customer c ON c.id = t.customer_id WHERE t.id = ?",
                List.of(id),
                TicketRows::userInfo)
            .orElseThrow();
    jdbc.update(
        "UPDATE ticket SET first_name = LEFT(?, 1000), last_name = LEFT(?, 1000),"
            + " user_info_email = ?, primary_phone = ?, additional_phone = ?, website = ? WHERE id = ?",
        sender.firstName(),
        sender.lastName(),
        sender.email(),
        sender.primaryPhone(),
        sender.additionalPhone(),
        sender.website(),
        id);
  }

  /** Gives out the next ticket number; {@code first} where there was none before. */
  long nextNumber(long first) {
    jdbc.update(
        "INSERT INTO ticket_sequence (id, last_number) VALUES (1, LAST_INSERT_ID(?))"
            + " ON DUPLICATE KEY UPDATE"
            + " last_number = LAST_INSERT_ID(IF(last_number = 0, VALUES(last_number),"
            + " last_number + 1))",
        first);
    return jdbc.number("SELECT LAST_INSERT_ID()", List.of());
  }

  /** Inserts a ticket and gives its post id. */
  long insert(NewTicket ticket) {
    long id = jdbc.insert("INSERT INTO post (type) VALUES ('kbs_ticket')");
    jdbc.update(
        "INSERT INTO ticket (id, number, ticket_key, status, date_local, date_gmt, modified_local,"
            + " modified_gmt, title_key, title_raw, title_rendered, content_raw, content_rendered,"
            + " agent_id, customer_id, company_id, user_id, email, user_info_email, first_name,"
            + " last_name, primary_phone, additional_phone, website, created_by, user_ip)"
            + " VALUES ("
            + SqlCondition.placeholders(26)
            + ")",
        id,
        ticket.number(),
        ticket.key(),
        ticket.status(),
        ticket.local(),
        ticket.gmt(),
        ticket.local(),
        ticket.gmt(),
        start(ticket.title().raw()),
        ticket.title().raw(),
        ticket.title().rendered(),
        ticket.content().raw(),
        ticket.content().rendered(),
        ticket.agentId(),
        ticket.customerId(),
        ticket.companyId(),
        ticket.userId(),
        ticket.email(),
        ticket.email(),
        ticket.firstName(),
        ticket.lastName(),
        ticket.phone(),
        ticket.additionalPhone(),
        ticket.website(),
        ticket.createdBy(),
        ticket.userIp());
    return id;
  }

  void addParticipant(long id, String email) {
    jdbc.update(
        "INSERT INTO ticket_participant (ticket_id, email, position) VALUES (?, ?, 0)", id, email);
  }

  void addTerms(long id, List<Long> termIds) {
    jdbc.batch(
        "INSERT IGNORE INTO ticket_term (ticket_id, term_id) VALUES (?, ?)",
        termIds.stream().map(term -> List.<Object>of(id, term)).toList());
  }

  void removeTerm(long id, long termId) {
    jdbc.update("DELETE FROM ticket_term WHERE ticket_id = ? AND term_id = ?", id, termId);
  }

  /** Takes the ticket out of all terms of a taxonomy. */
  void removeTerms(long id, Taxonomy taxonomy) {
    jdbc.update(
        "DELETE FROM ticket_term WHERE ticket_id = ?"
            + " AND term_id IN (SELECT te.id FROM term te WHERE te.taxonomy = ?)",
        id,
        taxonomy.wireName());
  }

  void setAgent(long id, long agentId) {
    jdbc.update("UPDATE ticket SET agent_id = ? WHERE id = ?", agentId, id);
  }

  /** Puts these additional agents in place of those that are there. */
  void setAdditionalAgents(long id, List<Long> agentIds) {
    jdbc.update("DELETE FROM ticket_agent WHERE ticket_id = ?", id);
    List<List<Object>> rows = new ArrayList<>();
    for (Long agentId : agentIds) {
      rows.add(List.of(id, agentId, rows.size()));
    }
    jdbc.batch("INSERT INTO ticket_agent (ticket_id, user_id, position) VALUES (?, ?, ?)", rows);
  }

  void setCompany(long id, long companyId) {
    jdbc.update("UPDATE ticket SET company_id = ? WHERE id = ?", companyId, id);
  }

  void setCustomer(long id, long customerId, Long userId) {
    jdbc.update(
        "UPDATE ticket SET customer_id = ?, user_id = ? WHERE id = ?", customerId, userId, id);
  }

  /** Sets the status; it is a change of the ticket's date of modification as well. */
  void setStatus(long id, String status, LocalDateTime local, LocalDateTime gmt) {
    jdbc.update(
        "UPDATE ticket SET status = ?, modified_local = ?, modified_gmt = ? WHERE id = ?",
        status,
        local,
        gmt,
        id);
  }

  /** Notes that the ticket was closed; the first time counts. */
  void setResolved(long id, LocalDateTime local) {
    jdbc.update(
        "UPDATE ticket SET resolved_local = COALESCE(resolved_local, ?), last_reply_by = NULL"
            + " WHERE id = ?",
        local,
        id);
  }

  private static String start(String title) {
    int end = title.offsetByCodePoints(0, Math.min(191, title.codePointCount(0, title.length())));
    return title.substring(0, end);
  }
}
