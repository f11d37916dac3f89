package io.kbsserver.tickets;

import io.kbsserver.terms.Taxonomy;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * A ticket with everything that an answer shows of it.
 *
 * @param row what stands in its row
 * @param attached what hangs on it
 */
public record TicketView(TicketView.Row row, TicketView.Attached attached) {

  /** Its id. */
  public long id() {
    return row.id();
  }

  /** Its number as stored; null where it was made without one. */
  public String number() {
    return row.number();
  }

  /** Its status. */
  public String status() {
    return row.status();
  }

  /**
   * What stands in the row of a ticket.
   *
   * @param email the customer's, where the ticket has none of its own
   * @param formData JSON text
   */
  record Row(
      long id,
      String number,
      String key,
      String status,
      Dates dates,
      Text title,
      Text content,
      References references,
      String email,
      UserInfo userInfo,
      int replies,
      String formId,
      String formData) {}

  /**
   * When what happened; on the site's clock where it does not say GMT.
   *
   * @param resolved null where the ticket was never closed
   */
  record Dates(
      LocalDateTime date,
      LocalDateTime dateGmt,
      LocalDateTime modified,
      LocalDateTime modifiedGmt,
      LocalDateTime resolved) {}

  /** A text as stored and as shown. */
  record Text(String raw, String rendered) {}

  /** Whom the ticket refers to; null where there is none. */
  record References(Long agentId, Long customerId, Long companyId, Long userId) {}

  /**
   * The customer's details that came with the ticket, filled from the customer where left empty.
   */
  record UserInfo(
      String firstName,
      String lastName,
      String email,
      String primaryPhone,
      String additionalPhone,
      String website,
      Long id) {}

  /** What hangs on a ticket, each in order. */
  record Attached(
      List<TicketTerm> terms,
      List<Long> additionalAgents,
      List<String> participants,
      List<File> files) {

    /** The ids of the terms of one taxonomy. */
    List<Long> terms(Taxonomy taxonomy) {
      return of(taxonomy).map(TicketTerm::id).toList();
    }

    /** The name of the source; empty where there is none. */
    String source() {
      return of(Taxonomy.SOURCES).map(TicketTerm::name).reduce("", (first, last) -> last);
    }

    private Stream<TicketTerm> of(Taxonomy taxonomy) {
      return terms.stream().filter(term -> term.taxonomy() == taxonomy);
    }
  }

  /** A term that the ticket is sorted into. */
  record TicketTerm(Taxonomy taxonomy, long id, String name) {}

  /** A file that belongs to the ticket. */
  record File(String name, String url) {}
}
