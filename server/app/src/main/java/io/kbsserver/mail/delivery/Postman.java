package io.kbsserver.mail.delivery;

import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailState;
import io.kbsserver.mail.message.MailFault;
import io.kbsserver.mail.message.MailMessage;
import io.kbsserver.mail.message.MessageComposer;
import io.kbsserver.mail.notice.OwedMails;
import io.kbsserver.mail.notice.StillTold;
import io.kbsserver.refusal.Unavailable;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
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

  private static final String NO_SENDER = "The setting from_email is empty.";

  /** Mails that are sent at a time. */
  private static final int LINES = 4;

  /** Then it is looked what is owed meanwhile. */
  private static final long TURN = Duration.ofSeconds(20).toNanos();

  /** How long between attempts to note that a mail was taken. */
  private static final long NOTE_PAUSE = Duration.ofSeconds(1).toNanos();

  /** Who knows no SMTP server leaves it so soon to one that does. */
  private static final Duration NOT_MINE = Duration.ofSeconds(5);

  /** A server that stops waits no longer, however slow the SMTP server is. */
  private static final Duration LONGEST_STOP = Duration.ofMinutes(2);

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
      // What waits may be another server's, which sends.
      return policy.isForEver(mode) && queue.next().isEmpty()
          ? Optional.empty()
          : Optional.of(clock.instant().plus(NOT_MINE));
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
      boolean isReachable =
          mode == MailMode.SEND ? hasSender() && send(due, end) : record(due, end);
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

  /** Without one nothing is tried: all that waits goes when there is one. */
  private boolean hasSender() {
    boolean isThere = queue.hasSender();
    if (!isThere) {
      MailFate fate = new MailFate(MailFate.Ending.UNREACHABLE, NO_SENDER);
      counts.count(fate);
      outage.away(fate);
    }
    return isThere;
  }

  private boolean record(List<Mail> due, long end) {
    forEach(
        due,
        end,
        mail -> {
          if (isOwed(mail)) {
            queue.finish(mail, MailState.RECORDED, null);
          }
        });
    return true;
  }

  /** Each of them, whatever becomes of another; that something went wrong is told then. */
  private void forEach(List<Mail> mails, long end, Consumer<Mail> work) {
    RuntimeException failure = null;
    for (Mail mail : mails) {
      if (isOver(end)) {
        break;
      }
      try {
        work.accept(mail);
      } catch (RuntimeException e) {
        LOG.debug("The mail {} was left for later", mail.number(), e);
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Whether it is still for them; if that cannot be found out, it is looked at again later. */
  private boolean isOwed(Mail mail) {
    try {
      return !drop(mail);
    } catch (RuntimeException e) {
      if (queue.claim(mail)) {
        note(mail, unbuilt(mail, e));
      }
      return false;
    }
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
      forEach(
          share,
          end,
          mail -> {
            if (isReachable.get() && isOwed(mail) && queue.claim(mail)) {
              send(mail, line, isReachable);
            }
          });
    }
  }

  private void send(Mail mail, SmtpClient.Line line, AtomicBoolean isReachable) {
    MailFate fate = attempt(mail, line);
    counts.count(fate);
    if (fate.ending() == MailFate.Ending.UNREACHABLE) {
      // Of four lines that find nobody one says so.
      if (isReachable.getAndSet(false)) {
        outage.away(fate);
      }
    } else {
      outage.over();
    }
    note(mail, fate);
  }

  /** One that was taken is noted when the database is back, lest it is sent again. */
  private void note(Mail mail, MailFate fate) {
    long end = System.nanoTime() + queue.timeToNote().toNanos();
    while (true) {
      try {
        queue.attempted(mail, fate);
        return;
      } catch (RuntimeException e) {
        if (fate.ending() != MailFate.Ending.TAKEN || isOver(end)) {
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
      // Somebody may have emptied the setting just now.
      return queue.hasSender()
          ? new MailFate(MailFate.Ending.REFUSED, String.valueOf(e.getMessage()))
          : new MailFate(MailFate.Ending.UNREACHABLE, NO_SENDER);
    } catch (Unavailable e) {
      LOG.debug("The files of a mail are not there", e);
      return new MailFate(MailFate.Ending.LATER, "The files that come with it cannot be read.");
    } catch (RuntimeException | StackOverflowError e) {
      // A page that is nested without end is one mail's own.
      return unbuilt(mail, e);
    }
  }

  private static MailFate unbuilt(Mail mail, Throwable why) {
    LOG.warn("The mail {} could not be built: {}", mail.number(), why.toString());
    LOG.debug("Why", why);
    return new MailFate(MailFate.Ending.LATER, "It could not be built, as the log says.");
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

  /** What the SMTP server is about to take is waited for, and noted: else it is sent again. */
  @PreDestroy
  void stop() {
    stopping.set(true);
    lines.shutdown();
    Duration patience = client.patience();
    Duration most = patience.compareTo(LONGEST_STOP) > 0 ? LONGEST_STOP : patience;
    try {
      if (!lines.awaitTermination(most.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn("A mail was still being sent, and may be sent again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
