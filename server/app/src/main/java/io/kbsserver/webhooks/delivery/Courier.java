package io.kbsserver.webhooks.delivery;

import io.kbsserver.access.Caller;
import io.kbsserver.sync.SeenChange;
import io.kbsserver.webhooks.Delivery;
import io.kbsserver.webhooks.SigningKeys;
import io.kbsserver.webhooks.Webhook;
import io.kbsserver.webhooks.WebhookStatus;
import io.kbsserver.webhooks.WebhookStatus.Reason;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is to be sent to one webhook, for a while. What is about one ticket keeps its order:
 * as long as a message is not taken, those that follow it wait, and those about other tickets do
 * not.
 */
@Singleton
class Courier {

  /** Then others have a turn. */
  private static final long TURN = Duration.ofSeconds(20).toNanos();

  /**
   * Of so many tickets nothing was taken, nor of others since: the receiver seems to be away. Then
   * one more is tried now and then, and nothing else that is new.
   */
  private static final int MOST_FAILING = 10;

  /** Where nothing waits, somebody says when there is something; should nobody, after this. */
  private static final Duration IDLE = Duration.ofSeconds(20);

  private final DeliveryService service;
  private final WebhookMessageRepresentation messages;
  private final Receiver receiver;
  private final DeliveryCounts counts;
  private final Clock clock;

  Courier(
      DeliveryService service,
      WebhookMessageRepresentation messages,
      Receiver receiver,
      DeliveryCounts counts,
      Clock clock) {
    this.service = service;
    this.messages = messages;
    this.receiver = receiver;
    this.counts = counts;
    this.clock = clock;
  }

  /**
   * Sends for a while.
   *
   * @return when to come again; never where the webhook is not at work
   */
  Optional<Instant> turn(long id) {
    long end = System.nanoTime() + TURN;
    while (true) {
      Optional<Webhook> found = service.webhook(id);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Optional<Caller> owner = service.owner(found.get());
      if (owner.isEmpty()) {
        service.switchOff(found.get(), Reason.OWNER);
        return Optional.empty();
      }
      send(found.get(), owner.get(), service.waiting(found.get()), end);
      // What was answered has changed it, or somebody has.
      found = service.webhook(id).filter(Courier::isAtWork);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      if (System.nanoTime() > end) {
        return Optional.of(clock.instant());
      }
      Webhook webhook = found.get();
      List<Delivery> left = service.waiting(webhook);
      Optional<LocalDateTime> probe = probe(left, webhook);
      boolean full =
          left.size() >= DeliveryService.MOST_WAITING
              || probe.filter(service.now()::isBefore).isPresent();
      int most = probe.isPresent() ? 1 : DeliveryService.MESSAGES;
      if (rests(webhook) || full || !service.take(webhook, owner.get(), most)) {
        return Optional.of(rest(webhook, left, full, probe));
      }
    }
  }

  private static boolean isAtWork(Webhook webhook) {
    return webhook.status().equals(WebhookStatus.ACTIVE.kept());
  }

  private boolean rests(Webhook webhook) {
    return webhook.restsUntil() != null && webhook.restsUntil().isAfter(service.now());
  }

  /**
   * When something new is tried next where the receiver seems to be away; nothing if it does not.
   */
  private Optional<LocalDateTime> probe(List<Delivery> waiting, Webhook webhook) {
    List<LocalDateTime> failing =
        waiting.stream()
            .filter(each -> each.attempts() > 0 && !each.isPassedOver(webhook))
            .map(Delivery::firstAttempt)
            .filter(Objects::nonNull)
            .sorted()
            .toList();
    return failing.size() < MOST_FAILING
        ? Optional.empty()
        : Optional.of(
            service.probe(failing.size() - MOST_FAILING + 1, failing.get(failing.size() - 1)));
  }

  /** When to come again. */
  private Instant rest(
      Webhook webhook, List<Delivery> waiting, boolean full, Optional<LocalDateTime> probe) {
    Set<Long> tickets = new HashSet<>();
    LocalDateTime idle = service.now().plus(IDLE);
    // One that is over waits for what is new, and that wakes us.
    LocalDateTime next = probe.filter(service.now()::isBefore).filter(idle::isAfter).orElse(idle);
    for (Delivery each : waiting) {
      LocalDateTime due = each.nextAttempt();
      if (isFirst(each, tickets) && due != null && due.isBefore(next)) {
        next = due;
      }
    }
    LocalDateTime asked = rests(webhook) ? webhook.restsUntil() : null;
    LocalDateTime until = asked != null ? asked : full ? next : null;
    if (!Objects.equals(until, webhook.restsUntil())) {
      service.rest(webhook, until);
    }
    return (asked != null && asked.isAfter(next) ? asked : next).toInstant(ZoneOffset.UTC);
  }

  /** Whether none that is before it in the order of its ticket waits. */
  private static boolean isFirst(Delivery delivery, Set<Long> tickets) {
    return delivery.ticketId() == null || tickets.add(delivery.ticketId());
  }

  /** Each that is due, and that nothing of its ticket waits before. */
  private void send(Webhook webhook, Caller owner, List<Delivery> waiting, long end) {
    boolean testsOnly = !isAtWork(webhook) || rests(webhook);
    List<Delivery> due =
        waiting.stream()
            .filter(each -> each.position() == null || !testsOnly)
            .filter(each -> each.isDue(service.now()) || each.attempts() > 0)
            .toList();
    Map<Long, SeenChange> seen =
        service
            .seen(
                due.stream().map(Delivery::position).filter(Objects::nonNull).distinct().toList(),
                owner)
            .stream()
            .collect(Collectors.toMap(SeenChange::position, Function.identity()));
    Set<Long> held = new HashSet<>();
    List<String> secrets = due.isEmpty() ? List.of() : service.secrets(webhook);
    for (Delivery each : due) {
      Long ticket = each.ticketId();
      if (ticket != null && held.contains(ticket)) {
        continue;
      }
      if (System.nanoTime() > end) {
        return;
      }
      SeenChange change = each.position() == null ? null : seen.get(each.position());
      if (!each.isDue(service.now())) {
        hold(held, ticket);
      } else if (each.position() != null && change == null) {
        service.giveUp(each);
      } else {
        Receiver.Outcome outcome = attempt(each, change, webhook, owner, secrets);
        String type = change == null ? each.type() : change.type();
        boolean goesOn;
        if (outcome.hasArrived()) {
          goesOn = service.arrived(each, type, webhook, outcome);
        } else {
          hold(held, ticket);
          goesOn = service.failed(each, type, webhook, outcome);
        }
        if (!goesOn) {
          return;
        }
      }
    }
  }

  private static void hold(Set<Long> held, @Nullable Long ticket) {
    if (ticket != null) {
      held.add(ticket);
    }
  }

  private Receiver.Outcome attempt(
      Delivery delivery,
      @Nullable SeenChange change,
      Webhook webhook,
      Caller owner,
      List<String> secrets) {
    String body =
        change == null ? messages.ofTest(delivery, webhook) : messages.of(change, webhook, owner);
    long seconds = clock.instant().getEpochSecond();
    String signature =
        secrets.stream()
            .map(secret -> SigningKeys.sign(secret, delivery.messageId(), seconds, body))
            .collect(Collectors.joining(" "));
    Receiver.Outcome outcome =
        receiver.post(
            webhook.url(),
            Map.of(
                "webhook-id",
                delivery.messageId(),
                "webhook-timestamp",
                Long.toString(seconds),
                "webhook-signature",
                signature),
            body.getBytes(StandardCharsets.UTF_8));
    counts.count(outcome);
    return outcome;
  }
}
