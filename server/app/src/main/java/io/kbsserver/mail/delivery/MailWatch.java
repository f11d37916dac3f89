package io.kbsserver.mail.delivery;

import io.kbsserver.change.ChangeReader;
import io.kbsserver.mail.notice.OwedMails;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the log tells of something that was not looked at for mails. A change costs nothing
 * more for them, and where there are none, nobody looks at the log for them.
 */
@Singleton
@Requires(property = "kbs.database.watched", notEquals = "false")
class MailWatch implements ApplicationEventListener<ServerStartupEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(MailWatch.class);

  /** Looks that are left out where there is no mail: it begins with an import. */
  private static final int RARELY = 10;

  private final MailPolicy policy;
  private final OwedMails owed;
  private final MailQueue queue;
  private final ChangeReader log;
  private final MailJobs jobs;
  private final TaskScheduler scheduler;
  private final Duration polling;
  private final AtomicReference<@Nullable MailMode> mode = new AtomicReference<>();
  private final AtomicInteger leftOut = new AtomicInteger();

  MailWatch(
      MailPolicy policy,
      OwedMails owed,
      MailQueue queue,
      ChangeReader log,
      MailJobs jobs,
      @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
      @Property(name = "kbs.mail.polling") Duration polling) {
    this.policy = policy;
    this.owed = owed;
    this.queue = queue;
    this.log = log;
    this.jobs = jobs;
    this.scheduler = scheduler;
    this.polling = polling;
  }

  /** Where requests are served; a command leaves it to servers. */
  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    if (policy.isForEver(MailMode.OFF)) {
      leave();
    } else {
      scheduler.scheduleWithFixedDelay(Duration.ZERO, polling, this::look);
    }
  }

  /** A database that does not answer is asked again later: nobody waits for this. */
  void look() {
    if (leftOut.get() > 0) {
      leftOut.decrementAndGet();
      return;
    }
    try {
      MailMode now = policy.mode();
      if (now == MailMode.OFF) {
        // Another server may know where to send them.
        leftOut.set(RARELY);
      } else {
        attend(now);
      }
      mode.set(now);
    } catch (RuntimeException e) {
      LOG.debug("It could not be seen which mails there are to be", e);
    }
  }

  /** Until it is done: what waits would be sent when mails are on again. */
  private void leave() {
    try {
      owed.leave();
    } catch (RuntimeException e) {
      LOG.debug("Mails could not be switched off yet", e);
      scheduler.schedule(polling, this::leave);
    }
  }

  private void attend(MailMode now) {
    MailMode before = mode.get();
    if (before != null && before != now) {
      LOG.info("What is owed as mail is now {}", now == MailMode.SEND ? "sent" : "recorded only");
    }
    Optional<Long> position = queue.position();
    if (position.isEmpty()) {
      owed.begin();
    }
    jobs.work();
    // What waits from before may have nobody who comes for it, as after a restore.
    if (before == null || position.isPresent() && position.get() < log.extent().last()) {
      jobs.wake();
    }
  }
}
