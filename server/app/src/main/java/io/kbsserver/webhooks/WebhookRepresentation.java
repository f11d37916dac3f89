package io.kbsserver.webhooks;

import static io.kbsserver.api.OperationId.GET_WEBHOOK;
import static io.kbsserver.api.OperationId.LIST_WEBHOOKS;
import static io.kbsserver.api.OperationId.LIST_WEBHOOK_DELIVERIES;
import static io.kbsserver.api.OperationId.LIST_WEBHOOK_SECRETS;
import static java.util.Objects.requireNonNull;

import io.kbsserver.api.model.Webhook;
import io.kbsserver.api.model.WebhookDelivery;
import io.kbsserver.api.model.WebhookDeliveryStatus;
import io.kbsserver.api.model.WebhookLinks;
import io.kbsserver.api.model.WebhookPayload;
import io.kbsserver.api.model.WebhookSecret;
import io.kbsserver.api.model.WebhookSignature;
import io.kbsserver.api.model.WebhookStatus;
import io.kbsserver.link.Links;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns webhooks, and what hangs on them, into what goes over the wire. */
@Singleton
class WebhookRepresentation {

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");

  private final Links links;

  WebhookRepresentation(Links links) {
    this.links = links;
  }

  Webhook of(WebhookView view) {
    io.kbsserver.webhooks.Webhook webhook = view.webhook();
    return Webhook.builder()
        .id(view.id())
        .url(webhook.url())
        .description(webhook.description())
        .types(webhook.typeList())
        .departments(webhook.tickets().departments())
        .statuses(webhook.tickets().statuses())
        .payload(WebhookPayload.valueOf(constant(webhook.payload())))
        .signature(WebhookSignature.valueOf(constant(webhook.signature())))
        .status(WebhookStatus.valueOf(constant(webhook.status())))
        .reason(webhook.reason())
        .statusChanged(utc(webhook.statusChanged()))
        .position(webhook.position())
        .waiting(view.waiting())
        .lastDelivered(ifKnown(webhook.lastDelivered()))
        .created(utc(webhook.createdAt()))
        .publicKey(view.publicKey())
        ._links(
            WebhookLinks.builder()
                .self(links.to(GET_WEBHOOK, view.id()))
                .collection(links.to(LIST_WEBHOOKS))
                .secrets(links.to(LIST_WEBHOOK_SECRETS, view.id()))
                .deliveries(links.to(LIST_WEBHOOK_DELIVERIES, view.id()))
                .build())
        .secret(view.secret())
        .build();
  }

  String href(WebhookView webhook) {
    return links.href(GET_WEBHOOK, webhook.id());
  }

  /** Without the secret itself. */
  WebhookSecret of(io.kbsserver.webhooks.WebhookSecret secret) {
    return shown(secret, null);
  }

  WebhookSecret withSecret(io.kbsserver.webhooks.WebhookSecret made) {
    return shown(made, made.shown());
  }

  private static WebhookSecret shown(
      io.kbsserver.webhooks.WebhookSecret secret, @Nullable String itself) {
    return WebhookSecret.builder()
        .id(requireNonNull(secret.id()))
        .publicKey(secret.publicKey())
        .created(utc(secret.createdAt()))
        .validUntil(ifKnown(secret.validUntil()))
        .secret(itself)
        .build();
  }

  WebhookDelivery of(Delivery delivery) {
    return WebhookDelivery.builder()
        .id(requireNonNull(delivery.id()))
        .messageId(delivery.messageId())
        .type(delivery.type())
        .position(Objects.requireNonNullElse(delivery.position(), 0L))
        .ticket(Objects.requireNonNullElse(delivery.ticketId(), 0L))
        .status(WebhookDeliveryStatus.valueOf(constant(delivery.status())))
        .attempts(delivery.attempts())
        .firstAttempt(ifKnown(delivery.firstAttempt()))
        .lastAttempt(ifKnown(delivery.lastAttempt()))
        .nextAttempt(ifKnown(delivery.nextAttempt()))
        .answer(delivery.answer())
        .duration(delivery.duration())
        .error(delivery.error())
        .build();
  }

  private static String constant(String kept) {
    return kept.toUpperCase(Locale.ROOT);
  }

  private static @Nullable String ifKnown(@Nullable LocalDateTime date) {
    return date == null ? null : utc(date);
  }

  private static String utc(LocalDateTime date) {
    return UTC.format(date);
  }
}
