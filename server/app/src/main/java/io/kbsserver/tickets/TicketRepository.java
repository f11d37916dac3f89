package io.kbsserver.tickets;

import io.kbsserver.posts.PostRepository;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.storage.Counting;
import io.kbsserver.text.SameText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.stream.IntStream;

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

  /**
   * The ids of the tickets with this number, as WordPress finds them: the oldest first. More than
   * one only after an import.
   */
  List<Long> idsByNumber(String number) {
    return findByNumber(number).stream()
        .filter(found -> SameText.exceptCase(found.number(), number))
        .map(Numbered::id)
        .toList();
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

  /** Inserts a ticket, and gives it a post id. */
  TicketRow insert(NewTicket ticket) {
    TicketRow row = TicketRow.of(posts.takeId("kbs_ticket"), ticket);
    insert(row);
    return row;
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

  abstract boolean existsByIdAndStatusNotEqual(long id, String status);

  @Query("SELECT id, number FROM ticket WHERE number = :number ORDER BY id")
  abstract List<Numbered> findByNumber(String number);

  /** Who wrote a ticket. */
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

  @Query("UPDATE ticket SET number = :number WHERE id = :id")
  abstract void setNumber(long id, String number);

  abstract void insert(TicketRow ticket);
}
