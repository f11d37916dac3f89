package io.kbsserver.webhooks;

import io.kbsserver.access.AccountException;
import io.kbsserver.webhooks.WebhookAdministration.Listed;
import io.kbsserver.webhooks.WebhookRepository.Owner;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everybody's webhooks as they are kept. */
@Singleton
class WebhookRows {

  private final WebhookRepository webhooks;
  private final DeliveryRepository deliveries;

  WebhookRows(WebhookRepository webhooks, DeliveryRepository deliveries) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
  }

  @Transactional
  public List<Listed> all() {
    Map<Long, String> logins =
        webhooks.owners().stream().collect(Collectors.toMap(Owner::id, Owner::login));
    return webhooks.listOrderById().stream()
        .map(webhook -> new Listed(webhook, logins.getOrDefault(webhook.userId(), "")))
        .toList();
  }

  @Transactional
  public Webhook find(long id) {
    return webhooks
        .findById(id)
        .orElseThrow(() -> new AccountException("There is no webhook " + id + "."));
  }

  @Transactional
  public void remove(long id) {
    find(id);
    webhooks.delete(id);
  }

  @Transactional
  public Delivery delivery(long id, long webhook) {
    return deliveries
        .findByIdAndWebhookId(id, webhook)
        .orElseThrow(() -> new AccountException("There is no delivery " + id + "."));
  }
}
