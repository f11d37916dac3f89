package io.kbsserver.mail.incoming;

import io.kbsserver.mail.incoming.IncomingCounts.Outcome;
import io.kbsserver.mail.incoming.MailIntake.Fate;
import io.kbsserver.storage.GrowingPause;
import io.micronaut.context.annotation.Property;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what waits in the mailbox, for a while, one mail behind the other. Each is moved when it
 * is known what became of it; one that makes trouble holds up no other.
 */
@Singleton
class Mailroom {

  private static final Logger LOG = LoggerFactory.getLogger(Mailroom.class);

  private static final long TURN = Duration.ofSeconds(20).toNanos();
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int AT_ONCE = 100;

  private static final int MOST_TROUBLED = 10_000;

  /** If so many in a row cannot be taken now, it is not for what is in them. */
  private static final int MOST_FAILURES = 3;

  private final Mailbox mailbox;
  private final MailIntake intake;
  private final ReceivedMails received;
  private final IncomingCounts counts;
  private final GrowingPause pause;
  private final Duration polling;
  private final Clock clock;
  private final AtomicInteger outages = new AtomicInteger();

  /** The mails that could not be fetched, moved or taken, which are tried behind all others. */
  private final Set<String> troubled = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean stopping = new AtomicBoolean();

  Mailroom(
      Mailbox mailbox,
      MailIntake intake,
      ReceivedMails received,
      IncomingCounts counts,
      @Property(name = "kbs.mail.in.outage-pause") Duration firstPause,
      @Property(name = "kbs.mail.in.polling") Duration polling,
      Clock clock) {
    this.mailbox = mailbox;
    this.intake = intake;
    this.received = received;
    this.counts = counts;
    this.pause = new GrowingPause(firstPause);
    this.polling = polling;
    this.clock = clock;
  }

  /** Whether this server knows a mailbox. */
  boolean hasMailbox() {
    return mailbox.address() != null;
  }

  /** Works for a while; tells when to come again. */
  Instant turn() {
    if (!hasMailbox()) {
      // Another server may.
      return clock.instant().plus(polling);
    }
    long end = System.nanoTime() + TURN;
    boolean isDone;
    try (Mailbox.Opened opened = mailbox.open()) {
      isDone = fetch(opened, end);
      opened.finish();
    } catch (MessagingException e) {
      return away(Mailbox.notOpened(e), e);
    } catch (IOException e) {
      return away("The connection to the mailbox broke.", e);
    }
    if (isDone && outages.getAndSet(0) > 0) {
      LOG.info("Mails are fetched again");
    }
    received.sweep();
    if (isDone && isOver(end)) {
      // There may be more.
      return clock.instant();
    }
    return clock.instant().plus(isDone ? polling : nextPause());
  }

  /** Nothing is fetched now, which is said once. */
  private Instant away(String reason, Exception e) {
    counts.count(Outcome.UNREACHABLE);
    if (outages.getAndIncrement() == 0) {
      LOG.warn("No mail is fetched, which is tried again and again: {} {}", reason, e.toString());
    }
    LOG.debug("Why", e);
    return clock.instant().plus(nextPause());
  }

  private Duration nextPause() {
    Duration next = pause.spread(Math.max(1, outages.get()));
    return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
  }

  private boolean isOver(long end) {
    return stopping.get() || System.nanoTime() > end;
  }

  /** Tells whether all that was looked at is done with. */
  private boolean fetch(Mailbox.Opened opened, long end) throws MessagingException, IOException {
    int passed = 0;
    int failures = 0;
    boolean isDone = true;
    List<Message> last = new ArrayList<>();
    Message[] waiting = opened.waiting(passed, AT_ONCE);
    while (waiting.length > 0) {
      for (Message mail : waiting) {
        if (isOver(end) || failures >= MOST_FAILURES) {
          return isDone;
        }
        if (mail.isExpunged() || Mailbox.Opened.isGone(mail)) {
          continue;
        }
        if (troubled.contains(opened.name(mail))) {
          last.add(mail);
        } else if (take(opened, mail)) {
          failures = 0;
        } else {
          failures++;
          isDone = false;
        }
      }
      passed += waiting.length - opened.finish();
      waiting = opened.waiting(passed, AT_ONCE);
    }
    for (Message mail : last) {
      if (isOver(end)) {
        return isDone;
      }
      isDone &= mail.isExpunged() || take(opened, mail);
    }
    return isDone;
  }

  /** Whether it is done with; false where it stays, to be looked at again. */
  private boolean take(Mailbox.Opened opened, Message mail) throws MessagingException, IOException {
    String name = opened.name(mail);
    try {
      Fate fate = intake.take(() -> Mailbox.Opened.read(mail), mail.getSize());
      opened.move(mail, fate == Fate.TAKEN);
      counts.count(fate == Fate.TAKEN ? Outcome.TAKEN : Outcome.ASIDE);
      troubled.remove(name);
      return true;
    } catch (RuntimeException | MessagingException | IOException e) {
      if (troubled.size() < MOST_TROUBLED) {
        troubled.add(name);
      }
      if (!(e instanceof RuntimeException) && !opened.isOpen()) {
        throw e;
      }
      counts.count(Outcome.LATER);
      LOG.warn("A mail is left in the mailbox for later: {}", e.toString());
      LOG.debug("Why", e);
      return false;
    }
  }

  /** What is being fetched is finished, and nothing more begun. */
  @PreDestroy
  void stop() {
    stopping.set(true);
  }

  /** As the start of a server tells it. */
  Optional<String> described() {
    return hasMailbox()
        ? Optional.of("fetched from " + mailbox.address() + " (" + mailbox.folders() + ")")
        : Optional.empty();
  }
}
