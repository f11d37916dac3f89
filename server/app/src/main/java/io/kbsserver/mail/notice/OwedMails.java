package io.kbsserver.mail.notice;

import io.kbsserver.change.ChangeReader;
import io.kbsserver.change.ChangeSource;
import io.kbsserver.change.LoggedChange;
import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailRepository;
import io.kbsserver.site.WallClock;
import io.kbsserver.storage.RetriedOnConflict;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.exceptions.TransactionException;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes from the log which mails are owed, and writes them down. */
@Singleton
public class OwedMails {

  private static final int ROWS = 200;

  /** What is older is no news: somebody has switched mails off, or brought back an old database. */
  private static final Duration NEWS = Duration.ofDays(2);

  /** Values that do not fit, and conditions that they break, as classes of SQL. */
  private static final Set<String> OF_ROW = Set.of("22", "23");

  private static final Logger LOG = LoggerFactory.getLogger(OwedMails.class);

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
    // First, so that nobody adds one behind our back.
    mails.leave();
    mails.dropAll("Mail was switched off.");
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
    advance(from, rows.get(whole - 1).position(), owedBy(told));
    return true;
  }

  /** What they are a reason for; where one cannot be understood, the others are all the same. */
  private List<Mail> owedBy(List<LoggedChange> told) {
    try {
      return owed.of(TicketEvent.of(told));
    } catch (RuntimeException e) {
      if (isOfDatabase(e)) {
        throw e;
      }
    }
    List<Mail> owedNow = new ArrayList<>();
    for (List<LoggedChange> one : TicketEvent.transactions(told)) {
      try {
        owedNow.addAll(owed.of(TicketEvent.of(one)));
      } catch (RuntimeException e) {
        if (isOfDatabase(e)) {
          throw e;
        }
        LOG.error("Nobody is told by mail of the change {}", one.get(0).position(), e);
      }
    }
    return owedNow;
  }

  private static boolean isOfDatabase(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException
          || cause instanceof DataAccessException
          || cause instanceof ConnectionException
          || cause instanceof TransactionException) {
        return true;
      }
    }
    return false;
  }

  /** Whether the database refuses a row for what stands in it. */
  private static boolean isOfRow(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return OF_ROW.stream().anyMatch(String.valueOf(sql.getSQLState())::startsWith);
      }
    }
    return false;
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
      owedNow.forEach(this::addIfItCanBe);
    }
  }

  /**
   * One that cannot be written down is in the way of no other: what the database refuses of a
   * transaction for what stands in a row is that statement alone.
   */
  private void addIfItCanBe(Mail mail) {
    try {
      add(mail);
    } catch (RuntimeException e) {
      if (!isOfRow(e)) {
        throw e;
      }
      LOG.warn(
          "A mail ({}) about the ticket {} cannot be written down, and is not sent: {}",
          mail.kind(),
          mail.ticketId(),
          e.toString());
    }
  }

  private void add(Mail mail) {
    // Each note is told by itself: some that come between are for others.
    boolean joined =
        mail.noteId() == null
            && mails.join(
                mail.ticketId(),
                mail.kind(),
                mail.address(),
                mail.role(),
                mail.userId(),
                mail.position(),
                mail.messageId(),
                mail.causedBy(),
                mail.bare(),
                mail.firstReplyId(),
                mail.replyId(),
                mail.createdAt());
    if (!joined) {
      mails.insert(mail);
    }
  }
}
