package io.kbsserver.mail.incoming;

import io.kbsserver.access.Caller;
import io.kbsserver.change.Author;
import io.kbsserver.change.ChangeSource;
import io.kbsserver.change.KeptHistory;
import io.kbsserver.change.WorkAuthor;
import io.kbsserver.files.NewFiles;
import io.kbsserver.mail.incoming.Matching.Match;
import io.kbsserver.posts.WrittenContent;
import io.kbsserver.replies.ReplyWriter;
import io.kbsserver.site.WallClock;
import io.kbsserver.storage.OuterTransaction;
import io.kbsserver.storage.RetriedOnConflict;
import io.micronaut.context.annotation.Property;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was fetched. That a mail is taken is written in the transaction of its reply:
 * fetched once more, for whatever reason, it becomes no second one.
 */
@Singleton
class ReceivedMails {

  private static final int LONGEST_REASON = 250;

  /** For so long at least a mail is known again, however long history is kept. */
  private static final Duration SHORTEST = Duration.ofDays(30);

  private final ReceivedMailRepository repository;
  private final ReplyWriter replies;
  private final OuterTransaction transaction;
  private final KeptHistory history;
  private final Clock clock;
  private final int mostInHour;

  ReceivedMails(
      ReceivedMailRepository repository,
      ReplyWriter replies,
      OuterTransaction transaction,
      KeptHistory history,
      Clock clock,
      @Property(name = "kbs.mail.in.most-in-hour") int mostInHour) {
    this.repository = repository;
    this.replies = replies;
    this.transaction = transaction;
    this.history = history;
    this.clock = clock;
    this.mostInHour = mostInHour;
  }

  /** What is written down of a mail. */
  record Receipt(String messageId, String sender, String subject) {}

  /** Whether it was taken before. */
  @Connectable
  boolean isTaken(String digest) {
    return repository.isTaken(digest);
  }

  /** Whether it looks like one that was taken before: who sends it knows what that was called. */
  @Connectable
  boolean mayBeTaken(Receipt receipt) {
    return repository.mayBeTaken(receipt.sender(), receipt.messageId());
  }

  /** Whether as many mails of somebody were taken as are in an hour. */
  @Connectable
  boolean isTooMuch(String sender) {
    LocalDateTime since = WallClock.now(clock).minusHours(1);
    return repository.taken(sender, since) >= mostInHour;
  }

  /**
   * Makes a reply of a mail, unless that was done.
   *
   * @param digest of all that is in it
   * @param headDigest of its header, by which it may have been put aside
   * @param leftOut which of its files were not taken; null where all were
   */
  boolean take(
      Receipt receipt,
      String digest,
      String headDigest,
      Match match,
      WrittenContent content,
      NewFiles files,
      @Nullable String leftOut) {
    Caller caller = match.sender().caller();
    Author author =
        new Author(caller == null ? null : caller.userId(), null, null, ChangeSource.MAIL);
    return WorkAuthor.as(
        author,
        () ->
            transaction.run(
                () -> {
                  int made =
                      repository.add(
                          digest,
                          receipt.messageId(),
                          receipt.sender(),
                          receipt.subject(),
                          WallClock.now(clock),
                          leftOut == null ? null : shortened(leftOut));
                  if (made == 0) {
                    return false;
                  }
                  long reply =
                      replies.createByMail(match.ticketId(), receipt.sender(), content, files);
                  repository.complete(digest, match.ticketId(), reply);
                  repository.forgetAside(headDigest);
                  return true;
                }));
  }

  /** Writes down why a mail was put aside. */
  @RetriedOnConflict
  @Transactional
  void putAside(Receipt receipt, String headDigest, String reason, @Nullable Long ticketId) {
    repository.putAside(
        headDigest,
        receipt.messageId(),
        receipt.sender(),
        receipt.subject(),
        WallClock.now(clock),
        shortened(reason),
        ticketId);
  }

  /** Some of those go that are older than what is told of tickets. */
  @RetriedOnConflict
  @Transactional
  int sweep() {
    Duration told = Duration.ofDays(history.days());
    return repository.removeBefore(
        WallClock.now(clock).minus(told.compareTo(SHORTEST) > 0 ? told : SHORTEST));
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_REASON
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_REASON - 1)) + "…";
  }
}
