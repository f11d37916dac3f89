package io.kbsserver.mail.incoming;

import io.kbsserver.storage.JobKind;
import io.kbsserver.storage.Jobs;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The mailbox is one job, which is done by one server at a time. */
@Singleton
class IncomingJobs implements JobKind {

  private static final String NAME = "mail-in";

  private final Jobs jobs;
  private final Mailroom mailroom;
  private final Duration polling;

  IncomingJobs(
      Jobs jobs, Mailroom mailroom, @Property(name = "kbs.mail.polling") Duration polling) {
    this.jobs = jobs;
    this.mailroom = mailroom;
    this.polling = polling;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration polling() {
    return polling;
  }

  @Override
  public Optional<Instant> turn(String piece) {
    return Optional.of(mailroom.turn());
  }

  /** From now on this server looks into the mailbox, when it is its turn. */
  void work() {
    jobs.work();
    jobs.wake(this, NAME);
  }
}
