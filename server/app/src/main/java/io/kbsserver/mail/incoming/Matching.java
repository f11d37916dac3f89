package io.kbsserver.mail.incoming;

import io.kbsserver.mail.MailKind;
import io.kbsserver.mail.incoming.ReceivedMailRepository.OwnMail;
import io.kbsserver.replies.Correspondent;
import io.kbsserver.replies.Correspondents;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the ticket that a mail is about: by the mail of ours that it answers, whose id nobody
 * guesses, or by the number in its subject. Either way who sent it has to take part.
 */
@Singleton
class Matching {

  /** As in the subjects of KB Support, and in our own. */
  private static final Pattern NUMBER = Pattern.compile("##([^#\\r\\n]{1,191})##");

  /** In the ids of mails about private notes, whether or not there still is a row of them. */
  private static final String OF_NOTE = "." + MailKind.NOTE_NOTICE.kept() + ".";

  /** More of what may be a number in a subject is not looked up. */
  private static final int MOST_NUMBERS = 10;

  private final ReceivedMailRepository repository;
  private final Correspondents correspondents;

  Matching(ReceivedMailRepository repository, Correspondents correspondents) {
    this.repository = repository;
    this.correspondents = correspondents;
  }

  /** A ticket, and who writes about it. */
  record Match(long ticketId, Correspondent sender) {}

  /** Whether a mail with this id was sent from here. */
  @Connectable
  boolean isOwn(String messageId) {
    return repository.own(messageId).isPresent();
  }

  /**
   * The ticket of a mail.
   *
   * @throws PutAside where there is none, or the sender takes no part in it
   */
  @Connectable
  Match of(MailHead head, String sender) {
    if (head.answered().stream().anyMatch(id -> id.contains(OF_NOTE))) {
      // What is said of a note is not for the customer.
      throw new PutAside("It answers a mail about a private note.");
    }
    Optional<OwnMail> answered =
        head.answered().stream().map(repository::own).flatMap(Optional::stream).findFirst();
    if (answered.isPresent()) {
      long ticket = answered.get().ticketId();
      return correspondents
          .find(ticket, sender)
          .map(found -> new Match(ticket, found))
          .orElseThrow(() -> foreign(ticket));
    }
    List<Long> numbered = numbered(head.subject());
    if (numbered.isEmpty()) {
      throw new PutAside(
          "It answers no mail of ours, and its subject has no ##number## of a ticket.");
    }
    List<Match> found = new ArrayList<>();
    for (long ticket : numbered) {
      correspondents.find(ticket, sender).ifPresent(of -> found.add(new Match(ticket, of)));
    }
    if (found.size() > 1) {
      throw new PutAside("Several tickets of its sender have the number in its subject.");
    }
    return found.stream().findFirst().orElseThrow(() -> foreign(numbered.get(0)));
  }

  private static PutAside foreign(long ticket) {
    return new PutAside(
        "Its sender takes no part in the ticket %d, or that is not listed.".formatted(ticket));
  }

  /** All tickets that a subject names: a title, which stands there as well, may have a number. */
  private List<Long> numbered(String subject) {
    Set<Long> tickets = new LinkedHashSet<>();
    Matcher number = NUMBER.matcher(subject);
    for (int i = 0; i < MOST_NUMBERS && number.find(); i++) {
      String text = number.group(1).strip();
      long id = text.matches("[1-9]\\d{0,17}") ? Long.parseLong(text) : 0;
      tickets.addAll(repository.tickets(text, id));
    }
    return List.copyOf(tickets);
  }
}
