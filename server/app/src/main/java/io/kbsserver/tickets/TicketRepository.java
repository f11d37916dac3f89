package io.kbsserver.tickets;

import io.kbsserver.access.Visibility;
import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.terms.Taxonomy;
import io.kbsserver.text.SameText;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tickets in the database. Every reading statement takes the condition that says what the caller
 * may see.
 */
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

  /** What an update needs to know of a ticket. */
  record State(String status, Long agentId, Long customerId, Long companyId, boolean resolved) {}

  private final Jdbc jdbc;

  TicketRepository(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One page of the tickets that meet a condition, in order: one statement for the tickets, whose
   * inner part needs only an index, and one for all that hangs on them.
   */
  List<TicketView> find(SqlCondition condition, TicketQuery query) {
    SqlCondition order = order(query);
    List<Object> args = new ArrayList<>(condition.args());
    args.addAll(order.args());
    args.add(query.limit());
    args.add(query.offset());
    args.addAll(order.args());
    List<Row> rows =
        jdbc.query(
            "SELECT t.*, c.email AS customer_email, c.name AS customer_name,"
                + " c.primary_phone AS customer_primary_phone,"
                + " c.additional_phone AS customer_additional_phone,"
                + " c.website AS customer_website"
                + " FROM (SELECT t.id FROM ticket t WHERE "
                + condition.sql()
                + " ORDER BY "
                + order.sql()
                + " LIMIT ? OFFSET ?) page JOIN ticket t ON t.id = page.id"
                + " LEFT JOIN customer c ON c.id = t.customer_id ORDER BY "
                + order.sql(),
            args,
            row -> new Row(row.getLong("id"), view(row)));
    Map<Long, Children> children = children(rows.stream().map(Row::id).toList());
    return rows.stream()
        .map(row -> row.view().apply(children.getOrDefault(row.id(), new Children())))
        .toList();
  }

  /** A ticket that still waits for what hangs on it. */
  private record Row(long id, Function<Children, TicketView> view) {}

  /** How many tickets meet a condition. */
  long count(SqlCondition condition) {
    return jdbc.number("SELECT COUNT(*) FROM ticket t WHERE " + condition.sql(), condition.args());
  }

  /** Whether there is a ticket with this id, whoever may see it. */
  boolean exists(long id) {
    return jdbc.number(
            "SELECT COUNT(*) FROM ticket WHERE id = ? AND status <> ?",
            List.of(id, Visibility.DELETED))
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

  /** Locks a ticket for an update; nothing where the condition does not hold for it. */
  Optional<State> lock(long id, SqlCondition visible) {
    SqlCondition condition = SqlCondition.of("t.id = ?", id).and(visible);
    return jdbc.first(
        "SELECT t.status, t.agent_id, t.customer_id, t.company_id, t.resolved_local"
            + " FROM ticket t WHERE "
            + condition.sql()
            + " FOR UPDATE",
        condition.args(),
        row ->
            new State(
                row.getString("status"),
                Jdbc.nullableLong(row, "agent_id"),
                Jdbc.nullableLong(row, "customer_id"),
                Jdbc.nullableLong(row, "company_id"),
                Jdbc.dateTime(row, "resolved_local") != null));
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
                TicketRepository::userInfo)
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

  private static SqlCondition order(TicketQuery query) {
    String direction = query.descending() ? " DESC" : " ASC";
    String byId = ", t.id" + direction;
    return switch (query.sort()) {
      case ID -> SqlCondition.of("t.id" + direction);
      case DATE -> SqlCondition.of("t.date_local" + direction + byId);
      case MODIFIED -> SqlCondition.of("t.modified_local" + direction + byId);
      case TITLE -> SqlCondition.of("t.title_key" + direction + byId);
      case AGENT -> SqlCondition.of("t.agent_id" + direction + byId);
      case CUSTOMER -> SqlCondition.of("t.customer_id" + direction + byId);
      case INCLUDE ->
          new SqlCondition(
              "FIELD(t.id, " + SqlCondition.placeholders(query.include().size()) + ")",
              new ArrayList<>(query.include()));
    };
  }

  /** What hangs on a ticket. */
  private static final class Children {
    private final Map<String, List<Long>> terms = new HashMap<>();
    private final List<Long> agents = new ArrayList<>();
    private final List<String> participants = new ArrayList<>();
    private final List<TicketView.File> files = new ArrayList<>();
    private String source = "";

    List<Long> terms(Taxonomy taxonomy) {
      return terms.getOrDefault(taxonomy.wireName(), List.of());
    }
  }

  private Map<Long, Children> children(List<Long> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    String in = " IN (" + SqlCondition.placeholders(ids.size()) + ")";
    List<Object> args = new ArrayList<>();
    for (int part = 0; part < 4; part++) {
      args.addAll(ids);
    }
    Map<Long, Children> children = new HashMap<>();
    jdbc.query(
        "SELECT x.ticket_id AS ticket_id, 1 AS part, te.taxonomy AS kind, te.id AS ref,"
            + " te.name AS name, te.name AS sort, '' AS url, 0 AS position"
            + " FROM ticket_term x JOIN term te ON te.id = x.term_id WHERE x.ticket_id"
            + in
            + " UNION ALL SELECT x.ticket_id, 2, '', x.user_id, '', '', '', x.position"
            + " FROM ticket_agent x WHERE x.ticket_id"
            + in
            + " UNION ALL SELECT x.ticket_id, 3, '', 0, x.email, '', '', x.position"
            + " FROM ticket_participant x WHERE x.ticket_id"
            + in
            // The newest second first, and in it the order of the upload.
            + " UNION ALL SELECT x.ticket_id, 4, '', x.id, x.title, '', x.url,"
            + " TIMESTAMPDIFF(SECOND, COALESCE(x.date_local, x.date_gmt), '2100-01-01')"
            + " FROM attachment x WHERE x.reply_id IS NULL AND x.ticket_id"
            + in
            + " ORDER BY ticket_id, part, position, sort, ref",
        args,
        row -> {
          Children of =
              children.computeIfAbsent(row.getLong("ticket_id"), ticket -> new Children());
          switch (row.getInt("part")) {
            case 1 -> {
              String taxonomy = row.getString("kind");
              of.terms.computeIfAbsent(taxonomy, name -> new ArrayList<>()).add(row.getLong("ref"));
              if (taxonomy.equals(Taxonomy.SOURCES.wireName())) {
                of.source = row.getString("name");
              }
            }
            case 2 -> of.agents.add(row.getLong("ref"));
            case 3 -> of.participants.add(row.getString("name"));
            default ->
                of.files.add(new TicketView.File(row.getString("name"), row.getString("url")));
          }
          return null;
        });
    return children;
  }

  /** Reads all columns now, since the cursor moves on. */
  private static Function<Children, TicketView> view(ResultSet row) throws SQLException {
    long id = row.getLong("id");
    String number = row.getString("number");
    String key = row.getString("ticket_key");
    String status = row.getString("status");
    LocalDateTime date = Jdbc.dateTime(row, "date_local");
    LocalDateTime dateGmt = Jdbc.dateTime(row, "date_gmt");
    LocalDateTime modified = Jdbc.dateTime(row, "modified_local");
    LocalDateTime modifiedGmt = Jdbc.dateTime(row, "modified_gmt");
    TicketView.Text title =
        new TicketView.Text(row.getString("title_raw"), row.getString("title_rendered"));
    TicketView.Text content =
        new TicketView.Text(row.getString("content_raw"), row.getString("content_rendered"));
    Long agentId = Jdbc.nullableLong(row, "agent_id");
    Long customerId = Jdbc.nullableLong(row, "customer_id");
    Long companyId = Jdbc.nullableLong(row, "company_id");
    Long userId = Jdbc.nullableLong(row, "user_id");
    String email = filled(row.getString("email"), row.getString("customer_email"));
    TicketView.UserInfo userInfo = userInfo(row);
    LocalDateTime resolved = Jdbc.dateTime(row, "resolved_local");
    int replies = row.getInt("reply_count");
    String formId = row.getString("form_id");
    String formData = row.getString("form_data");
    return children ->
        new TicketView(
            id,
            number,
            key,
            status,
            date,
            dateGmt,
            modified,
            modifiedGmt,
            title,
            content,
            agentId,
            customerId,
            companyId,
            userId,
            email,
            userInfo,
            resolved,
            replies,
            formId,
            formData,
            children.terms(Taxonomy.CATEGORIES),
            children.terms(Taxonomy.TAGS),
            children.terms(Taxonomy.SOURCES),
            children.terms(Taxonomy.DEPARTMENTS),
            children.source,
            children.agents,
            children.participants,
            children.files);
  }

  private static TicketView.UserInfo userInfo(ResultSet row) throws SQLException {
    String name = Optional.ofNullable(row.getString("customer_name")).orElse("");
    int space = name.indexOf(' ');
    return new TicketView.UserInfo(
        filled(row.getString("first_name"), space < 0 ? name : name.substring(0, space)),
        filled(row.getString("last_name"), space < 0 ? "" : name.substring(space + 1).strip()),
        filled(row.getString("user_info_email"), row.getString("customer_email")),
        filledIfEmpty(row, "primary_phone"),
        filledIfEmpty(row, "additional_phone"),
        filledIfEmpty(row, "website"),
        Jdbc.nullableLong(row, "user_info_id"));
  }

  private static String filled(String own, String ofCustomer) {
    if (own != null && !own.isEmpty()) {
      return own;
    }
    return ofCustomer == null ? "" : ofCustomer;
  }

  /** What was given but left empty is filled from the customer; what was not given stays null. */
  private static String filledIfEmpty(ResultSet row, String column) throws SQLException {
    String own = row.getString(column);
    return own == null || !own.isEmpty() ? own : filled(own, row.getString("customer_" + column));
  }
}
