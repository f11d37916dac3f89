package io.kbsserver.mail.delivery;

import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailState;
import io.kbsserver.mail.message.MailFault;
import io.kbsserver.mail.message.MailMessage;
import io.kbsserver.mail.message.MessageComposer;
import io.kbsserver.mail.notice.OwedMails;
import io.kbsserver.mail.notice.StillTold;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes from the log which mails are owed, and sends those that are due, for a while. What is about
 * one ticket goes by one line, and so in order; a mail that is refused, or tried again later, holds
 * up no other.
 */
@Singleton
class Postman {

  private static final Logger LOG = LoggerFactory.getLogger(Postman.class);

  /** Mails that are sent at a time. */
  private static final int LINES = 4;

  /** Then it is looked what is owed meanwhile. */
  private static final long TURN = Duration.ofSeconds(20).toNanos();

  /** How often it is tried to note that a mail was taken, and how long between: half a lease. */
  private static final int NOTES = 300;

  private static final long NOTE_PAUSE = Duration.ofSeconds(1).toNanos();

  /** Where nothing waits, somebody says when there is something; should nobody, after this. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final MailPolicy policy;
  private final OwedMails owed;
  private final StillTold told;
  private final MailQueue queue;
  private final MessageComposer composer;
  private final SmtpClient client;
  private final MailOutage outage;
  private final MailCounts counts;
  private final Clock clock;
  private final ExecutorService lines = Executors.newFixedThreadPool(LINES, Postman::thread);
  private final AtomicBoolean stopping = new AtomicBoolean();

  Postman(
      MailPolicy policy,
      OwedMails owed,
      StillTold told,
      MailQueue queue,
      MessageComposer composer,
      SmtpClient client,
      MailOutage outage,
      MailCounts counts,
      Clock clock) {
    this.policy = policy;
    this.owed = owed;
    this.told = told;
    this.queue = queue;
    this.composer = composer;
    this.client = client;
    this.outage = outage;
    this.counts = counts;
    this.clock = clock;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "mail");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Works for a while.
   *
   * @return when to come again; never where there is no mail
   */
  Optional<Instant> turn() {
    MailMode mode = policy.mode();
    if (mode == MailMode.OFF) {
      return Optional.empty();
    }
    long end = System.nanoTime() + TURN;
    while (!isOver(end) && owed.take()) {
      // Until there is nothing more in the log.
    }
    queue.giveUp();
    while (queue.sweep() > 0 && !isOver(end)) {
      // A few at a time.
    }
    List<Mail> due = queue.due();
    while (!due.isEmpty() && !isOver(end)) {
      boolean isReachable = mode == MailMode.SEND ? send(due, end) : record(due, end);
      if (!isReachable) {
        return Optional.of(clock.instant().plus(outage.pause()));
      }
      due = queue.due();
    }
    return Optional.of(due.isEmpty() ? rest() : clock.instant());
  }

  private boolean isOver(long end) {
    return stopping.get() || System.nanoTime() > end;
  }

  private Instant rest() {
    LocalDateTime idle = queue.now().plus(IDLE);
    return queue.next().filter(next -> next.isBefore(idle)).orElse(idle).toInstant(ZoneOffset.UTC);
  }

  private boolean record(List<Mail> due, long end) {
    for (Mail mail : due) {
      if (!isOver(end) && !drop(mail)) {
        queue.finish(mail, MailState.RECORDED, null);
      }
    }
    return true;
  }

  /** Whether it is not for them any more, and so is not sent. */
  private boolean drop(Mail mail) {
    Optional<String> reason = told.reasonAgainst(mail).or(() -> queue.tooMuch(mail));
    reason.ifPresent(why -> queue.finish(mail, MailState.DROPPED, why));
    return reason.isPresent();
  }

  /** Whether there was a server to hand them to. */
  private boolean send(List<Mail> due, long end) {
    AtomicBoolean isReachable = new AtomicBoolean(true);
    Map<Long, List<Mail>> shares =
        due.stream().collect(Collectors.groupingBy(mail -> mail.ticketId() % LINES));
    List<Callable<Void>> work = new ArrayList<>();
    shares
        .values()
        .forEach(
            share ->
                work.add(
                    () -> {
                      send(share, end, isReachable);
                      return null;
                    }));
    finish(work);
    return isReachable.get();
  }

  private void send(List<Mail> share, long end, AtomicBoolean isReachable) {
    try (SmtpClient.Line line = client.line()) {
      for (Mail mail : share) {
        if (isOver(end) || !isReachable.get()) {
          return;
        }
        if (!drop(mail) && queue.claim(mail)) {
          MailFate fate = attempt(mail, line);
          note(mail, fate);
          counts.count(fate);
          if (fate.ending() == MailFate.Ending.UNREACHABLE) {
            // Of four lines that find nobody one says so.
            if (isReachable.getAndSet(false)) {
              outage.away(fate);
            }
          } else {
            outage.over();
          }
        }
      }
    }
  }

  /** One that was taken is noted when the database is back, lest it is sent again. */
  private void note(Mail mail, MailFate fate) {
    for (int left = NOTES; ; left--) {
      try {
        queue.attempted(mail, fate);
        return;
      } catch (RuntimeException e) {
        if (fate.ending() != MailFate.Ending.TAKEN || left == 0 || stopping.get()) {
          throw e;
        }
        LOG.debug("That a mail was sent could not be noted yet", e);
        LockSupport.parkNanos(NOTE_PAUSE);
      }
    }
  }

  private MailFate attempt(Mail mail, SmtpClient.Line line) {
    try {
      MailMessage message = composer.compose(mail);
      return line.send(message);
    } catch (MailFault e) {
      return new MailFate(MailFate.Ending.REFUSED, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("The mail {} could not be built: {}", mail.number(), e.toString());
      LOG.debug("Why", e);
      return new MailFate(MailFate.Ending.LATER, "It could not be built, as the log says.");
    }
  }

  /** Does all of it; what a server is about to take when this one stops is waited for. */
  private void finish(List<Callable<Void>> work) {
    List<Future<Void>> begun = work.stream().map(lines::submit).toList();
    boolean interrupted = false;
    Throwable failure = null;
    for (Future<Void> each : begun) {
      boolean done = false;
      while (!done) {
        try {
          each.get();
          done = true;
        } catch (InterruptedException e) {
          interrupted = true;
          stopping.set(true);
        } catch (ExecutionException e) {
          failure = e.getCause();
          done = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  @PreDestroy
  void stop() {
    stopping.set(true);
    lines.shutdown();
  }
}
