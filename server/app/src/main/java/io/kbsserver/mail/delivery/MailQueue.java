package io.kbsserver.mail.delivery;

import io.kbsserver.change.KeptHistory;
import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailRepository;
import io.kbsserver.mail.MailState;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.WallClock;
import io.kbsserver.storage.GrowingPause;
import io.kbsserver.storage.RetriedOnConflict;
import io.micronaut.context.annotation.Property;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be sent, and what came of it. No connection is held while it is sent. */
@Singleton
class MailQueue {

  private static final int AT_ONCE = 200;

  /** What is counted for the limit. */
  private static final Duration WINDOW = Duration.ofHours(1);

  private final OutgoingRepository mails;
  private final MailRepository progress;
  private final CurrentSite settings;
  private final KeptHistory history;
  private final GrowingPause pause;
  private final Duration patience;
  private final Duration lease;
  private final Clock clock;

  MailQueue(
      OutgoingRepository mails,
      MailRepository progress,
      CurrentSite settings,
      KeptHistory history,
      @Property(name = "kbs.mail.first-pause") Duration firstPause,
      @Property(name = "kbs.mail.patience") Duration patience,
      @Property(name = "kbs.mail.lease") Duration lease,
      Clock clock) {
    this.mails = mails;
    this.progress = progress;
    this.settings = settings;
    this.history = history;
    this.pause = new GrowingPause(firstPause);
    this.patience = patience;
    this.lease = lease;
    this.clock = clock;
  }

  /** Now, as it is kept. */
  LocalDateTime now() {
    return WallClock.now(clock);
  }

  /** Up to where the log was looked at; empty where nobody looks. */
  @Connectable
  Optional<Long> position() {
    return progress.position();
  }

  /** Those that are to be sent by now, the oldest first. */
  @Connectable
  List<Mail> due() {
    return mails.due(now(), AT_ONCE);
  }

  /** When the next one is to be sent; empty where none waits. */
  @Connectable
  Optional<LocalDateTime> next() {
    return mails.next();
  }

  /**
   * One that is about to be sent, as it is then; empty where another server has it. Should this one
   * end before it tells what came of it, it is sent again.
   */
  @RetriedOnConflict
  @Transactional
  boolean claim(Mail mail) {
    LocalDateTime now = now();
    return mails.claim(mail.number(), mail.attempts(), mail.position(), now, now.plus(lease));
  }

  /** What came of one that was {@linkplain #claim claimed}. */
  @RetriedOnConflict
  @Transactional
  void attempted(Mail mail, MailFate fate) {
    int attempts = mail.attempts() + 1;
    LocalDateTime now = now();
    switch (fate.ending()) {
      case TAKEN -> mails.taken(mail.number(), attempts, now);
      case REFUSED -> mails.fail(mail.number(), attempts, fate.reason());
      case LATER -> {
        LocalDateTime due = now.plus(pause.spread(attempts));
        if (due.isAfter(mail.createdAt().plus(patience))) {
          mails.fail(mail.number(), attempts, fate.reason());
        } else {
          mails.later(mail.number(), attempts, fate.reason(), due);
        }
      }
      case UNREACHABLE -> mails.release(mail.number(), attempts, fate.reason(), now);
    }
  }

  /** How long it may take to tell what came of one: another sends it when the lease is over. */
  Duration timeToNote() {
    return lease.dividedBy(2);
  }

  /** It is done with, and was not tried; false where it is looked at once more. */
  @RetriedOnConflict
  @Transactional
  boolean finish(Mail mail, MailState state, @Nullable String reason) {
    return mails.leaveOut(mail.number(), mail.attempts(), mail.position(), state.kept(), reason);
  }

  /** Those that wait for too long are not sent any more; tells how many. */
  @RetriedOnConflict
  @Transactional
  int giveUp() {
    LocalDateTime now = now();
    return mails.giveUp(now.minus(patience), now, "It could not be sent in time.");
  }

  /** Some of those go that are older than what is told of tickets, and no news any more. */
  @RetriedOnConflict
  @Transactional
  int sweep() {
    Duration told = Duration.ofDays(history.days());
    Duration lately = MailAdministration.LATELY;
    return mails.removeBefore(now().minus(told.compareTo(lately) > 0 ? told : lately));
  }

  /** One that has failed waits once more; false where there is no such. */
  @RetriedOnConflict
  @Transactional
  boolean again(long id) {
    return mails.again(id, now());
  }

  /** The same with all that have failed lately; tells how many. */
  @RetriedOnConflict
  @Transactional
  int allAgain() {
    LocalDateTime now = now();
    return mails.allAgain(now.minus(MailAdministration.LATELY), now);
  }

  /** Why one is too much: who is no agent could have any number sent to anybody. */
  @Connectable
  Optional<String> tooMuch(Mail mail) {
    Long causedBy = mail.causedBy();
    if (causedBy == null) {
      return Optional.empty();
    }
    long most = settings.current().get(Setting.MAIL_LIMIT);
    LocalDateTime since = mail.createdAt().minus(WINDOW);
    boolean isTooMuch =
        mails.caused(causedBy, since, mail.number()) >= most
            || mails.received(mail.address(), since, mail.number()) >= most;
    return isTooMuch
        ? Optional.of("There were " + most + " within an hour (mail_limit).")
        : Optional.empty();
  }

  /** Whether mails have a sender. */
  @Connectable
  boolean hasSender() {
    return !settings.current().get(Setting.FROM_EMAIL).isEmpty();
  }

  @Connectable
  boolean isImported() {
    return mails.isImported();
  }
}
