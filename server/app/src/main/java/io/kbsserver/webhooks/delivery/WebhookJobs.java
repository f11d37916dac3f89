package io.kbsserver.webhooks.delivery;

import io.kbsserver.storage.JobKind;
import io.kbsserver.storage.Jobs;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** For each webhook a job, which is done by one server at a time. */
@Singleton
public class WebhookJobs implements JobKind {

  private final Jobs jobs;
  private final Courier courier;
  private final Duration polling;
  private final AtomicBoolean expected = new AtomicBoolean();

  WebhookJobs(
      Jobs jobs, Courier courier, @Property(name = "kbs.webhooks.polling") Duration polling) {
    this.jobs = jobs;
    this.courier = courier;
    this.polling = polling;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public Duration polling() {
    return polling;
  }

  @Override
  public Optional<Instant> turn(String id) {
    return courier.turn(Long.parseLong(id));
  }

  /** There is a webhook now, if there was none before. */
  public void expect() {
    expected.set(true);
  }

  /** Whether there is one, as far as this server has heard. */
  boolean isExpected() {
    return expected.get();
  }

  /** Something is to be sent to a webhook now. */
  public void wake(long id) {
    expect();
    jobs.wake(this, Long.toString(id));
  }

  /** The same, when this server next looks: for who cannot take a connection now. */
  public void wakeSoon(long id) {
    jobs.wakeSoon(this, Long.toString(id));
    expect();
  }

  /** From now on this server does jobs; before there is a webhook it does not look for any. */
  void work() {
    expected.set(false);
    jobs.work();
  }
}
