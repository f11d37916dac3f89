package io.kbsserver.webhooks;

import io.kbsserver.access.Caller;
import io.kbsserver.storage.CurrentTransaction;
import io.kbsserver.storage.RetriedOnConflict;
import io.kbsserver.webhooks.delivery.WebhookJobs;
import jakarta.inject.Singleton;
import java.util.Objects;

/**
 * Changes webhooks, and tries again where another writer came in between; what there is to send
 * then is sent soon.
 */
@Singleton
public class WebhookWriter {

  private final WebhookService service;
  private final WebhookJobs jobs;
  private final CurrentTransaction transaction;

  WebhookWriter(WebhookService service, WebhookJobs jobs, CurrentTransaction transaction) {
    this.service = service;
    this.jobs = jobs;
    this.transaction = transaction;
  }

  /** One more for the caller. */
  @RetriedOnConflict
  public WebhookView create(WebhookDraft draft, Caller caller) {
    WebhookView made = service.create(draft, caller);
    if (!transaction.whenCommitted(jobs::expect)) {
      jobs.expect();
    }
    return made;
  }

  /** One of the caller, changed. */
  @RetriedOnConflict
  WebhookView change(long id, WebhookChange change, Caller caller) {
    WebhookView changed = service.change(id, change, caller);
    wake(id);
    return changed;
  }

  /** One of the caller that there is no more. */
  @RetriedOnConflict
  WebhookView delete(long id, Caller caller) {
    return service.delete(id, caller);
  }

  /** A new secret for one of the caller's. */
  @RetriedOnConflict
  WebhookSecret renewSecret(long id, int hours, Caller caller) {
    return service.renewSecret(id, hours, caller);
  }

  /** A message that tells of nothing. */
  @RetriedOnConflict
  Delivery test(long id, Caller caller) {
    Delivery test = service.test(id, caller);
    wake(id);
    return test;
  }

  /** A message once more. */
  @RetriedOnConflict
  long again(long id, long delivery, Caller caller) {
    Delivery again = service.again(id, delivery, caller);
    wake(id);
    return Objects.requireNonNull(again.id());
  }

  /** All from a position on once more. */
  @RetriedOnConflict
  long againFrom(long id, long position, Caller caller) {
    long at = service.againFrom(id, position, caller);
    wake(id);
    return at;
  }

  /** At once, or soon where a request with a key commits only when its answer is kept. */
  private void wake(long id) {
    if (!transaction.whenCommitted(() -> jobs.wakeSoon(id))) {
      jobs.wake(id);
    }
  }
}
