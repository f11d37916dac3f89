package io.kbsserver.tickets;

import io.kbsserver.terms.Taxonomy;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
  public @Nullable String number() {
    return row.number();
  }

  /** Its status. */
  public String status() {
    return row.status();
  }

  /** The same with a number. */
  TicketView withNumber(String number) {
    return new TicketView(row.with(number, row.sender()), attached);
  }

  /** The same with what it says itself, and nothing that only its customer's row says. */
  TicketView withoutCustomersDetails() {
    return new TicketView(row.with(row.number(), row.sender().alone()), attached);
  }

  /**
   * What stands in the row of a ticket.
   *
   * @param ownEmail empty where the ticket has none of its own
   * @param formData JSON text
   */
  record Row(
      long id,
      @Nullable String number,
      String key,
      String status,
      Dates dates,
      Text title,
      Text content,
      References references,
      @Nullable String ownEmail,
      Sender sender,
      int replies,
      @Nullable String formId,
      @Nullable String formData) {

    /** Its e-mail address; the customer's, where it has none of its own. */
    String email() {
      return Sender.filled(ownEmail, sender.customerEmail());
    }

    private Row with(@Nullable String otherNumber, Sender otherSender) {
      return new Row(
          id,
          otherNumber,
          key,
          status,
          dates,
          title,
          content,
          references,
          ownEmail,
          otherSender,
          replies,
          formId,
          formData);
    }
  }

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
      @Nullable LocalDateTime resolved) {}

  /** A text as stored and as shown. */
  record Text(String raw, String rendered) {}

  /** Whom the ticket refers to; null where there is none. */
  record References(
      @Nullable Long agentId,
      @Nullable Long customerId,
      @Nullable Long companyId,
      @Nullable Long userId) {}

  /**
   * The customer's details that came with the ticket, filled from the customer where left empty.
   */
  record UserInfo(
      String firstName,
      String lastName,
      String email,
      @Nullable String primaryPhone,
      @Nullable String additionalPhone,
      @Nullable String website,
      @Nullable Long id) {}

  /** Something that hangs on a ticket. */
  sealed interface Child {

    /** A term that it is sorted into. */
    record AttachedTerm(Taxonomy taxonomy, long id, String name) implements Child {}

    /** An additional agent. */
    record AttachedAgent(long id) implements Child {}

    /** Somebody who takes part in it. */
    record Participant(String email) implements Child {}

    /** A file that belongs to it. */
    record File(long id, String name) implements Child {}
  }

  /** What hangs on a ticket, each kind in order. */
  record Attached(List<Child> children) {

    /** The ids of the terms of one taxonomy. */
    List<Long> terms(Taxonomy taxonomy) {
      return of(taxonomy).map(Child.AttachedTerm::id).toList();
    }

    /** The name of the source, of several the first one; empty where there is none. */
    String source() {
      return of(Taxonomy.SOURCES).map(Child.AttachedTerm::name).findFirst().orElse("");
    }

    List<Long> additionalAgents() {
      return each(Child.AttachedAgent.class).map(Child.AttachedAgent::id).toList();
    }

    List<String> participants() {
      return each(Child.Participant.class).map(Child.Participant::email).toList();
    }

    List<Child.File> files() {
      return each(Child.File.class).toList();
    }

    private Stream<Child.AttachedTerm> of(Taxonomy taxonomy) {
      return each(Child.AttachedTerm.class).filter(term -> term.taxonomy() == taxonomy);
    }

    private <C extends Child> Stream<C> each(Class<C> kind) {
      return children.stream().filter(kind::isInstance).map(kind::cast);
    }
  }
}
