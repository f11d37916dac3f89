package io.kbsserver.tickets;

import io.kbsserver.posts.PostRepository;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.storage.Counting;
import io.kbsserver.storage.WallClockTime;
import io.kbsserver.text.SameText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tickets in the database, by id. */
@JdbcRepository(dialect = Dialect.MYSQL)
abstract class TicketRepository implements GenericRepository<TicketRow, Long> {

  /** A ticket that has a number. */
  @MappedEntity("ticket")
  record Numbered(@Id long id, String number) {}

  private static final String NEXT_NUMBER =
      """
      INSERT INTO ticket_sequence (id, last_number) VALUES (1, LAST_INSERT_ID(?))
      ON DUPLICATE KEY UPDATE
        last_number = LAST_INSERT_ID(IF(last_number = 0, VALUES(last_number), last_number + 1))
      """;

  private final PostRepository posts;
  private final TicketAgentRepository agents;
  private final Counting counting;

  TicketRepository(PostRepository posts, TicketAgentRepository agents, Counting counting) {
    this.posts = posts;
    this.agents = agents;
    this.counting = counting;
  }

  /** Whether there is a ticket with this id, whoever may see it. */
  boolean exists(long id) {
    return existsByIdAndStatusNotEqual(id, BuiltInStatus.DELETED);
  }

  /** The ids of the tickets with this number, newest first; more than one only after an import. */
  List<Long> idsByNumber(String number) {
    return findByNumber(number).stream()
        .filter(found -> SameText.exceptCase(found.number(), number))
        .map(Numbered::id)
        .toList();
  }

  /**
   * Keeps the sender as the ticket shows it, so that another customer does not change who wrote it.
   * What is empty stays so, and shows what the customer of the day has.
   */
  void keepSender(long id) {
    TicketView.UserInfo sender = findSender(id).shown();
    setSender(
        id,
        sender.firstName(),
        sender.lastName(),
        sender.email(),
        sender.primaryPhone(),
        sender.additionalPhone(),
        sender.website());
  }

  /**
   * Gives a ticket the next number and returns it as text; {@code first} where there was none
   * before. Everybody else who needs a number waits from here to the end of the transaction.
   */
  String giveNumber(long id, String prefix, long first, String suffix) {
    String number = prefix + counting.counted(NEXT_NUMBER, List.of(first)) + suffix;
    setNumber(id, number);
    return number;
  }

  /** Inserts a ticket and gives its post id. */
  long insert(NewTicket ticket) {
    long id = posts.takeId("kbs_ticket");
    insert(TicketRow.of(id, ticket));
    return id;
  }

  @Query("INSERT INTO ticket_participant (ticket_id, email, position) VALUES (:id, :email, 0)")
  abstract void addParticipant(long id, String email);

  /** Puts these additional agents in place of those that are there. */
  void setAdditionalAgents(long id, List<Long> agentIds) {
    agents.deleteByTicketId(id);
    if (!agentIds.isEmpty()) {
      agents.insertAll(
          IntStream.range(0, agentIds.size())
              .mapToObj(
                  position ->
                      new TicketAgent(new TicketAgent.Key(id, agentIds.get(position)), position))
              .toList());
    }
  }

  @Query("UPDATE ticket SET agent_id = :agentId WHERE id = :id")
  abstract void setAgent(long id, long agentId);

  @Query("UPDATE ticket SET company_id = :companyId WHERE id = :id")
  abstract void setCompany(long id, long companyId);

  @Query("UPDATE ticket SET customer_id = :customerId, user_id = :userId WHERE id = :id")
  abstract void setCustomer(long id, long customerId, @Nullable Long userId);

  /**
   * Sets the status; it is a change of the ticket's date of modification as well. That and a reply
   * count the ticket's revision themselves, which spares the log of changes a statement.
   */
  @Query(
      """
      UPDATE ticket SET status = :status, modified_local = :local, modified_gmt = :gmt,
        revision = revision + 1
      WHERE id = :id
      """)
  abstract void setStatus(
      long id, String status, @WallClockTime LocalDateTime local, @WallClockTime LocalDateTime gmt);

  /** Notes that the ticket was closed; the first time counts. */
  @Query(
      """
      UPDATE ticket SET resolved_local = COALESCE(resolved_local, :local), last_reply_by = NULL
      WHERE id = :id
      """)
  abstract void setResolved(long id, @WallClockTime LocalDateTime local);

  /** Counts a reply, and notes who has written it. */
  @Query(
      """
      UPDATE ticket SET status = :status, modified_local = :local, modified_gmt = :gmt,
        last_reply_by = :by, reply_count = reply_count + 1, revision = revision + 1
      WHERE id = :id
      """)
  abstract void setReplied(
      long id,
      String status,
      int by,
      @WallClockTime LocalDateTime local,
      @WallClockTime LocalDateTime gmt);

  abstract boolean existsByIdAndStatusNotEqual(long id, String status);

  @Query("SELECT id, number FROM ticket WHERE number = :number ORDER BY id DESC")
  abstract List<Numbered> findByNumber(String number);

  @Query(
      """
      SELECT t.first_name, t.last_name, t.user_info_email, t.primary_phone, t.additional_phone,
        t.website, t.user_info_id, c.email AS customer_email, c.name AS customer_name,
        c.primary_phone AS customer_primary_phone,
        c.additional_phone AS customer_additional_phone, c.website AS customer_website
      FROM ticket t LEFT JOIN customer c ON c.id = t.customer_id
      WHERE t.id = :id
      """)
  abstract Sender findSender(long id);

  @Query(
      """
      UPDATE ticket
      SET first_name = LEFT(:firstName, 1000), last_name = LEFT(:lastName, 1000),
        user_info_email = :email, primary_phone = :primaryPhone,
        additional_phone = :additionalPhone, website = :website
      WHERE id = :id
      """)
  abstract void setSender(
      long id,
      String firstName,
      String lastName,
      String email,
      @Nullable String primaryPhone,
      @Nullable String additionalPhone,
      @Nullable String website);

  @Query("UPDATE ticket SET number = :number WHERE id = :id")
  abstract void setNumber(long id, String number);

  abstract void insert(TicketRow ticket);
}
