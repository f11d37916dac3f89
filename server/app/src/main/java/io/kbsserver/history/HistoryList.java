package io.kbsserver.history;

import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.Page;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.TableCondition;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;

/** The statements on history: the log here, and before it what WordPress had logged. */
@Singleton
class HistoryList {

  /** Behind all ids of WordPress, so that both are told apart, and what was first comes first. */
  private static final long HERE = 1L << 62;

  /** Behind all of those. */
  private static final long MAIL = HERE + (1L << 61);

  /**
   * Both, of one ticket, and the mails that it has caused: an index has all of it. That an import
   * has brought what hangs on the ticket is no change of it.
   */
  private static final String BOTH =
      """
      (SELECT c.id + %d AS id, c.at FROM change_log c WHERE c.ticket_id = ?
         AND NOT (c.source = 'import' AND c.action = 'created' AND c.kind <> 'ticket')
       UNION ALL SELECT p.id, p.at FROM past_change p WHERE p.ticket_id = ?
       UNION ALL SELECT m.id + %d, COALESCE(m.sent_at, m.created_at) FROM mail m
         WHERE m.ticket_id = ?) h\
      """
          .formatted(HERE, MAIL);

  /** What is gone is told without what it said. */
  private static final String ROWS =
      """
      SELECT h.id, h.at, COALESCE(c.kind, p.kind, 'mail') AS kind,
        COALESCE(c.action, p.action, m.state) AS action,
        COALESCE(IF(c.source = 'mail', 'server', c.source), IF(m.id IS NULL, '%3$s', 'server')) AS source,
        COALESCE(CAST(c.subject_id AS SIGNED), p.subject_id, m.id) AS subject_id,
        u.id AS user_id, u.display_name, a.name,
        CASE COALESCE(c.kind, p.kind)
          WHEN 'ticket' THEN TRUE
          WHEN 'reply' THEN r.id IS NOT NULL
          WHEN 'note' THEN n.id IS NOT NULL
          ELSE m.id IS NOT NULL
            OR f.id IS NOT NULL AND (f.reply_id IS NULL OR o.id IS NOT NULL)
        END AS there,
        CASE
          WHEN c.id IS NOT NULL THEN c.fields
          WHEN p.id IS NOT NULL THEN p.fields
          ELSE JSON_MERGE_PRESERVE(
            JSON_OBJECT('mail', JSON_OBJECT('to', m.kind)),
            JSON_OBJECT('address', JSON_OBJECT('to', m.address)),
            IF(m.reason IS NULL, '{}', JSON_OBJECT('reason', JSON_OBJECT('to', m.reason))))
        END AS fields
      FROM :page JOIN %4$s ON h.id = page.id
      LEFT JOIN change_log c ON c.id = h.id - %1$d
      LEFT JOIN past_change p ON p.id = h.id
      LEFT JOIN mail m ON m.id = h.id - %5$d
      LEFT JOIN app_user u ON u.id = COALESCE(c.user_id, p.user_id) AND u.missing = FALSE
      LEFT JOIN application_password a ON a.uuid = c.credential AND a.user_id = c.user_id
      LEFT JOIN reply r ON r.id = COALESCE(CAST(c.subject_id AS SIGNED), p.subject_id)
        AND r.ticket_id = COALESCE(c.ticket_id, p.ticket_id) AND r.status <> '%2$s'
      LEFT JOIN ticket_note n ON n.id = COALESCE(CAST(c.subject_id AS SIGNED), p.subject_id)
        AND n.ticket_id = COALESCE(c.ticket_id, p.ticket_id)
      LEFT JOIN attachment f ON f.id = COALESCE(CAST(c.subject_id AS SIGNED), p.subject_id)
        AND f.ticket_id = COALESCE(c.ticket_id, p.ticket_id)
      LEFT JOIN reply o ON o.id = f.reply_id AND o.status <> '%2$s'
      """
          .formatted(HERE, BuiltInStatus.DELETED, HistoryEntry.WORDPRESS, BOTH, MAIL);

  private final ListReader reader;

  HistoryList(ListReader reader) {
    this.reader = reader;
  }

  /** A page of the history of a ticket, if that may be seen. */
  Page<HistoryEntry> page(long ticketId, TableCondition visible, ListRequest request) {
    SqlCondition seen = visible.onNamed("t");
    SqlCondition ticket = SqlCondition.of("t.id = ?", ticketId).and(seen);
    return reader.page(
        listing(ticketId),
        new SqlCondition(
            "EXISTS (SELECT 1 FROM ticket t WHERE " + ticket.sql() + ")", ticket.args()),
        SqlCondition.ALWAYS,
        request);
  }

  private static Listing<HistoryEntry> listing(long ticketId) {
    return new Listing<>(
        BOTH,
        "h.id",
        ROWS,
        row -> entry(ticketId, row),
        Page.BehindTheEnd.OF_POSTS,
        List.of(ticketId, ticketId, ticketId));
  }

  private static HistoryEntry entry(long ticketId, ResultSet row) throws SQLException {
    long id = row.getLong("id");
    return new HistoryEntry(
        id >= MAIL ? id - MAIL : id >= HERE ? id - HERE : id,
        row.getString("kind") + "." + row.getString("action"),
        row.getLong("subject_id"),
        ticketId,
        row.getObject("at", LocalDateTime.class),
        row.getObject("user_id", Long.class),
        row.getString("display_name"),
        row.getString("name"),
        row.getString("source"),
        row.getBoolean("there") ? FieldChange.of(row.getString("fields")) : List.of());
  }
}
