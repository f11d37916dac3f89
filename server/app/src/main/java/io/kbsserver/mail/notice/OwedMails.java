package io.kbsserver.mail.notice;

import io.kbsserver.change.ChangeReader;
import io.kbsserver.change.ChangeSource;
import io.kbsserver.change.LoggedChange;
import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailRepository;
import io.kbsserver.site.WallClock;
import io.kbsserver.storage.RetriedOnConflict;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** Takes from the log which mails are owed, and writes them down. */
@Singleton
public class OwedMails {

  private static final int ROWS = 200;

  /** What is older is no news: somebody has switched mails off, or brought back an old database. */
  private static final Duration NEWS = Duration.ofDays(2);

  private final MailRepository mails;
  private final OwedByEvent owed;
  private final ChangeReader log;
  private final Clock clock;

  OwedMails(MailRepository mails, OwedByEvent owed, ChangeReader log, Clock clock) {
    this.mails = mails;
    this.owed = owed;
    this.log = log;
    this.clock = clock;
  }

  /** From now on: what was changed before is told to nobody. Does nothing where it has begun. */
  public void begin() {
    if (position().isEmpty()) {
      begin(log.extent().last());
    }
  }

  /** Mails are off: nothing is sent any more, and who begins again begins at the log's end. */
  @RetriedOnConflict
  @Transactional
  public void leave() {
    mails.dropAll("Mail was switched off.");
    mails.leave();
  }

  /**
   * Takes what comes next in the log; to be called until there is nothing more.
   *
   * @return whether there was anything in the log, owed to somebody or not
   */
  public boolean take() {
    Optional<Long> position = position();
    if (position.isEmpty()) {
      return false;
    }
    long from = position.get();
    Optional<List<LoggedChange>> read = log.after(from, 2 * ROWS);
    if (read.isEmpty()) {
      // What was folded away is told to nobody any more.
      advance(from, log.folded(), List.of());
      return true;
    }
    List<LoggedChange> rows = read.get();
    if (rows.isEmpty()) {
      return false;
    }
    int whole = rows.size() < 2 * ROWS ? rows.size() : TicketEvent.whole(rows, ROWS);
    LocalDateTime news = WallClock.now(clock).minus(NEWS);
    List<LoggedChange> told =
        rows.subList(0, whole).stream()
            .filter(row -> !row.source().equals(ChangeSource.IMPORT.kept()))
            .filter(row -> row.at().isAfter(news))
            .toList();
    advance(from, rows.get(whole - 1).position(), owed.of(TicketEvent.of(told)));
    return true;
  }

  @Connectable
  Optional<Long> position() {
    return mails.position();
  }

  @RetriedOnConflict
  @Transactional
  void begin(long position) {
    mails.begin(position);
  }

  @RetriedOnConflict
  @Transactional
  void advance(long from, long position, List<Mail> owedNow) {
    // Another server may have taken them.
    if (mails.advance(from, position)) {
      owedNow.forEach(this::add);
    }
  }

  private void add(Mail mail) {
    boolean joined =
        mails.join(
            mail.ticketId(),
            mail.kind(),
            mail.address(),
            mail.position(),
            mail.messageId(),
            mail.causedBy(),
            mail.bare(),
            mail.firstReplyId(),
            mail.replyId(),
            mail.noteId(),
            mail.createdAt());
    if (!joined) {
      mails.insert(mail);
    }
  }
}
