package io.kbsserver.webhooks;

import io.kbsserver.storage.RetriedOnConflict;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.IntSupplier;

/** Deletes deliveries in small steps. */
@Singleton
class DeliverySweeper {

  private static final Duration KEPT = Duration.ofDays(30);

  /** Of a webhook. */
  private static final int MOST = 10_000;

  private final WebhookRepository webhooks;
  private final DeliveryRepository deliveries;

  DeliverySweeper(WebhookRepository webhooks, DeliveryRepository deliveries) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
  }

  /** Deletes what is old, and what is more than a webhook keeps; tells how many. */
  int sweep(LocalDateTime now) {
    int removed = all(() -> removeBefore(now.minus(KEPT)));
    for (long webhook : ids()) {
      removed += all(() -> removeBeyond(webhook));
    }
    return removed;
  }

  private static int all(IntSupplier step) {
    int removed = 0;
    int some;
    do {
      some = step.getAsInt();
      removed += some;
    } while (some > 0);
    return removed;
  }

  @Transactional
  List<Long> ids() {
    return webhooks.listOrderById().stream().map(Webhook::number).toList();
  }

  @RetriedOnConflict
  @Transactional
  int removeBefore(LocalDateTime time) {
    return deliveries.removeBefore(time);
  }

  @RetriedOnConflict
  @Transactional
  int removeBeyond(long webhook) {
    return deliveries
        .beyond(webhook, MOST)
        .map(last -> deliveries.removeUpTo(webhook, last))
        .orElse(0);
  }
}
