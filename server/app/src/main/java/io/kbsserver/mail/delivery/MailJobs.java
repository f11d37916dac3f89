package io.kbsserver.mail.delivery;

import io.kbsserver.storage.JobKind;
import io.kbsserver.storage.Jobs;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** All mail is one job, which is done by one server at a time. */
@Singleton
class MailJobs implements JobKind {

  private static final String NAME = "mail";

  private final Jobs jobs;
  private final Postman postman;
  private final Duration polling;

  MailJobs(Jobs jobs, Postman postman, @Property(name = "kbs.mail.polling") Duration polling) {
    this.jobs = jobs;
    this.postman = postman;
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
    return postman.turn();
  }

  /** There may be something to do now. */
  void wake() {
    jobs.wake(this, NAME);
  }

  /** From now on this server sends mails, when it is its turn. */
  void work() {
    jobs.work();
  }
}
