package io.kbsserver.mail;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** What mails tell of, and whom it concerns, as it is now: whoever may see it. */
@JdbcRepository(dialect = Dialect.MYSQL)
public interface MailFactRepository extends GenericRepository<TicketFacts, Long> {

  @Query(
      """
      SELECT t.id, t.number, t.ticket_key, t.status, s.label AS status_label,
        (s.registered AND NOT t.protected) AS open, t.title_rendered, t.content_rendered,
        t.date_local, t.agent_id,
        COALESCE(NULLIF(t.email, ''), c.email, '') AS email,
        COALESCE(NULLIF(t.first_name, ''), SUBSTRING_INDEX(c.name, ' ', 1), '') AS first_name,
        COALESCE(NULLIF(t.last_name, ''),
          IF(LOCATE(' ', c.name) > 0, SUBSTRING(c.name, LOCATE(' ', c.name) + 1), ''), '')
          AS last_name,
        COALESCE(u.login, '') AS login,
        COALESCE(o.name, '') AS company, COALESCE(o.contact, '') AS company_contact,
        COALESCE(o.email, '') AS company_email, COALESCE(o.phone, '') AS company_phone,
        COALESCE(o.website, '') AS company_website,
        COALESCE((SELECT MIN(d.name) FROM ticket_term tt JOIN term d ON d.id = tt.term_id
          WHERE tt.ticket_id = t.id AND d.taxonomy = 'ticket_departments'), '') AS department
      FROM ticket t JOIN ticket_status s ON s.slug = t.status
        LEFT JOIN customer c ON c.id = t.customer_id
        LEFT JOIN app_user u ON u.id = t.user_info_id AND u.missing = FALSE
        LEFT JOIN company o ON o.id = t.company_id AND o.missing = FALSE
      WHERE t.id = :id
      """)
  Optional<TicketFacts> ticket(long id);

  /** Additional agents, in their order. */
  @Query("SELECT user_id FROM ticket_agent WHERE ticket_id = :ticketId ORDER BY position")
  List<Long> additionalAgents(long ticketId);

  @Query("SELECT email FROM ticket_participant WHERE ticket_id = :ticketId ORDER BY position")
  List<String> participants(long ticketId);

  String REPLY =
      """
      SELECT r.id, r.date_local, r.content_rendered, COALESCE(r.author_id, 0) AS author_id,
        COALESCE(NULLIF(u.display_name, ''), NULLIF(c.name, ''), NULLIF(r.participant_email, ''),
          '') AS author
      FROM reply r
        LEFT JOIN app_user u ON u.id = COALESCE(r.agent_id, r.author_id) AND u.missing = FALSE
        LEFT JOIN customer c ON c.id = r.customer_id
      WHERE r.status = 'publish' AND r.ticket_id = :ticketId
      """;

  /** Published replies from one to another, the newest first. */
  @Query(REPLY + " AND r.id BETWEEN :first AND :last ORDER BY r.id DESC LIMIT :most")
  List<ReplyFacts> replies(long ticketId, long first, long last, int most);

  /** The newest published reply. */
  @Query(REPLY + " ORDER BY r.date_gmt DESC, r.id DESC LIMIT 1")
  Optional<ReplyFacts> newestReply(long ticketId);

  /** A note as it was written. */
  @Query("SELECT content_raw FROM ticket_note WHERE id = :id AND ticket_id = :ticketId")
  Optional<String> note(long id, long ticketId);

  /** The same as it is shown; empty where it is gone. */
  @Query("SELECT content_rendered FROM ticket_note WHERE id = :id AND ticket_id = :ticketId")
  Optional<String> shownNote(long id, long ticketId);

  @Query(
      "SELECT id FROM ticket_note WHERE ticket_id = :ticketId ORDER BY date_gmt DESC, id DESC LIMIT 1")
  Optional<Long> newestNote(long ticketId);

  /** Who has sent these replies by mail. */
  @Query("SELECT sender FROM received_mail WHERE ticket_id = :ticketId AND reply_id IN (:replies)")
  List<String> senders(long ticketId, List<Long> replies);

  @Query("SELECT id FROM app_user WHERE missing = FALSE AND login IN (:logins)")
  List<Long> users(List<String> logins);
}
