package io.kbsserver.mail.incoming;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins to look into the mailbox where requests are served; a command leaves it to servers. */
@Singleton
@Requires(property = "kbs.database.watched", notEquals = "false")
class MailroomStart implements ApplicationEventListener<ServerStartupEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(MailroomStart.class);

  private final Mailroom mailroom;
  private final IncomingJobs jobs;
  private final TaskScheduler scheduler;
  private final Duration again;

  MailroomStart(
      Mailroom mailroom,
      IncomingJobs jobs,
      @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
      @Property(name = "kbs.mail.polling") Duration again) {
    this.mailroom = mailroom;
    this.jobs = jobs;
    this.scheduler = scheduler;
    this.again = again;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    if (mailroom.hasMailbox()) {
      scheduler.schedule(Duration.ZERO, this::begin);
    }
  }

  /** A database that does not answer is asked again later: nobody waits for this. */
  private void begin() {
    try {
      jobs.work();
    } catch (RuntimeException e) {
      LOG.debug("Mails cannot be fetched yet", e);
      scheduler.schedule(again, this::begin);
    }
  }
}
