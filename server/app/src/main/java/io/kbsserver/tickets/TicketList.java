package io.kbsserver.tickets;

import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.Page;
import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.TableCondition;
import io.kbsserver.tickets.TicketView.Child;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The statements on tickets that are built: each holds the condition that says what the caller may
 * see.
 */
@Singleton
class TicketList {

  /** What an update needs to know of a ticket. */
  record State(
      String status, @Nullable Long agentId, @Nullable Long customerId, @Nullable Long companyId) {}

  private static final Listing<TicketView.Row> TICKETS =
      new Listing<>(
          "ticket t",
          "t.id",
          """
          SELECT t.id, t.number, t.ticket_key, t.status,
            t.date_local, t.date_gmt, t.modified_local, t.modified_gmt, t.resolved_local,
            t.title_raw, t.title_rendered, t.content_raw, t.content_rendered,
            t.agent_id, t.customer_id, t.company_id, t.user_id, t.email,
            t.first_name, t.last_name, t.user_info_email, t.user_info_id,
            t.primary_phone, t.additional_phone, t.website,
            t.reply_count, t.form_id, t.form_data,
            c.email AS customer_email, c.name AS customer_name,
            c.primary_phone AS customer_primary_phone,
            c.additional_phone AS customer_additional_phone, c.website AS customer_website
          FROM :page JOIN ticket t ON t.id = page.id LEFT JOIN customer c ON c.id = t.customer_id
          """,
          TicketRows::ticket,
          Page.BehindTheEnd.OF_POSTS);

  /**
   * All kinds at once: a statement for each of them takes 6 % of a server's lists of ten. Files
   * come with the newest second first, and in it in the order of the upload.
   */
  private static final String CHILDREN =
      """
      SELECT x.ticket_id AS of_id, 1 AS part, te.taxonomy AS kind, te.id AS ref, te.name AS name,
        '' AS url, te.name AS sort, 0 AS position
      FROM ticket_term x JOIN term te ON te.id = x.term_id WHERE x.ticket_id IN (:ids)
      UNION ALL
      SELECT x.ticket_id, 2, 'agent', x.user_id, '', '', '', x.position
      FROM ticket_agent x WHERE x.ticket_id IN (:ids)
      UNION ALL
      SELECT x.ticket_id, 3, 'participant', 0, x.email, '', '', x.position
      FROM ticket_participant x WHERE x.ticket_id IN (:ids)
      UNION ALL
      SELECT x.ticket_id, 4, 'file', x.id, x.title, x.url, '',
        TIMESTAMPDIFF(SECOND, COALESCE(x.date_local, x.date_gmt), '2100-01-01')
      FROM attachment x WHERE x.reply_id IS NULL AND x.ticket_id IN (:ids)
      ORDER BY of_id, part, position, sort, ref
      """;

  private static final String LOCK =
      """
      SELECT t.status, t.agent_id, t.customer_id, t.company_id
      FROM ticket t WHERE %s FOR UPDATE
      """;

  private final ListReader reader;
  private final Jdbc jdbc;

  TicketList(ListReader reader, Jdbc jdbc) {
    this.reader = reader;
    this.jdbc = jdbc;
  }

  /** A page of the tickets that may be seen and are wanted. */
  Page<TicketView> page(TableCondition visible, SqlCondition wanted, ListRequest request) {
    return reader.page(TICKETS, visible.on("t").and(wanted), request).with(this::views);
  }

  /** The newest of these tickets that may be seen. */
  Optional<TicketView> newest(List<Long> ids, TableCondition visible) {
    return newest(SqlCondition.in("t.id", ids).and(visible.on("t")));
  }

  /** A ticket, whoever may see it. */
  Optional<TicketView> find(long id) {
    return newest(SqlCondition.of("t.id = ?", id));
  }

  /** Locks a ticket for an update; nothing where it may not be seen. */
  Optional<State> lock(long id, TableCondition visible) {
    SqlCondition condition = SqlCondition.of("t.id = ?", id).and(visible.on("t"));
    return jdbc.first(
        LOCK.formatted(condition.sql()),
        condition.args(),
        row ->
            new State(
                row.getString("status"),
                row.getObject("agent_id", Long.class),
                row.getObject("customer_id", Long.class),
                row.getObject("company_id", Long.class)));
  }

  private Optional<TicketView> newest(SqlCondition condition) {
    return views(reader.newest(TICKETS, condition).stream().toList()).stream().findFirst();
  }

  private List<TicketView> views(List<TicketView.Row> rows) {
    List<Long> ids = rows.stream().map(TicketView.Row::id).toList();
    Map<Long, List<Child>> children = reader.children(CHILDREN, ids, TicketRows::child);
    return rows.stream()
        .map(
            row ->
                new TicketView(
                    row, new TicketView.Attached(children.getOrDefault(row.id(), List.of()))))
        .toList();
  }
}
