package io.kbsserver.webhooks.delivery;

import io.kbsserver.access.Caller;
import io.kbsserver.access.KnownCallers;
import io.kbsserver.change.ChangeReader;
import io.kbsserver.change.LoggedChange;
import io.kbsserver.site.WallClock;
import io.kbsserver.storage.RetriedOnConflict;
import io.kbsserver.sync.SeenChange;
import io.kbsserver.sync.SyncService;
import io.kbsserver.webhooks.Delivery;
import io.kbsserver.webhooks.DeliveryRepository;
import io.kbsserver.webhooks.EventTypes;
import io.kbsserver.webhooks.Webhook;
import io.kbsserver.webhooks.WebhookRepository;
import io.kbsserver.webhooks.WebhookSecret;
import io.kbsserver.webhooks.WebhookSecretRepository;
import io.kbsserver.webhooks.WebhookStatus;
import io.kbsserver.webhooks.WebhookStatus.Reason;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to be sent to a webhook, and what came of it. No connection is held while it is sent. */
@Singleton
class DeliveryService {

  /** More than that wait for nobody: what comes then is left in the log. */
  static final int MOST_WAITING = 500;

  private static final int ROWS = 200;

  /** That are taken from the log at a time. */
  static final int MESSAGES = 25;

  /** So many attempts have failed in a row that the receiver was away, when one goes well. */
  private static final int AWAY = 5;

  private final WebhookRepository webhooks;
  private final WebhookSecretRepository secrets;
  private final DeliveryRepository deliveries;
  private final KnownCallers callers;
  private final ChangeReader log;
  private final SyncService sight;
  private final MatchingTicketList match;
  private final RetryTimes times;
  private final Clock clock;

  DeliveryService(
      WebhookRepository webhooks,
      WebhookSecretRepository secrets,
      DeliveryRepository deliveries,
      KnownCallers callers,
      ChangeReader log,
      SyncService sight,
      MatchingTicketList match,
      RetryTimes times,
      Clock clock) {
    this.webhooks = webhooks;
    this.secrets = secrets;
    this.deliveries = deliveries;
    this.callers = callers;
    this.log = log;
    this.sight = sight;
    this.match = match;
    this.times = times;
    this.clock = clock;
  }

  /** Now, as it is kept. */
  LocalDateTime now() {
    return WallClock.now(clock);
  }

  @Connectable
  Optional<Webhook> webhook(long id) {
    return webhooks.findById(id);
  }

  /** Whose a webhook is, if they may have one. */
  Optional<Caller> owner(Webhook webhook) {
    return callers.find(webhook.userId()).filter(Caller::mayEditTickets);
  }

  /** What messages are signed with. */
  @Connectable
  List<String> secrets(Webhook webhook) {
    return secrets.valid(webhook.number(), now()).stream().map(WebhookSecret::secret).toList();
  }

  /** All that wait, in the order of the changes. */
  @Connectable
  List<Delivery> waiting(Webhook webhook) {
    return deliveries.waiting(webhook.number(), MOST_WAITING + MESSAGES);
  }

  /** Of these changes, those that somebody sees. */
  List<SeenChange> seen(Collection<Long> positions, Caller owner) {
    return positions.isEmpty() ? List.of() : sight.among(positions, owner);
  }

  /**
   * Takes what comes next from the log, to be sent.
   *
   * @param most so many messages
   * @return whether there was anything in the log, to be sent or not
   */
  boolean take(Webhook webhook, Caller owner, int most) {
    Optional<List<LoggedChange>> rows = log.after(webhook.position(), ROWS);
    if (rows.isEmpty()) {
      // What was folded away is told to nobody any more.
      return advance(webhook, log.folded(), List.of());
    }
    if (rows.get().isEmpty()) {
      return false;
    }
    List<SeenChange> wanted =
        matching(
            seen(
                    rows.get().stream()
                        .filter(row -> EventTypes.isSent(row.kind()))
                        .map(LoggedChange::position)
                        .toList(),
                    owner)
                .stream()
                .filter(change -> webhook.wants(change.type()))
                .toList(),
            webhook);
    if (wanted.size() > most) {
      List<SeenChange> first = wanted.subList(0, most);
      return advance(webhook, first.get(most - 1).position(), first);
    }
    return advance(webhook, rows.get().get(rows.get().size() - 1).position(), wanted);
  }

  /** What is about a ticket that it tells of, or is gone: whoever has it is to hear of that. */
  private List<SeenChange> matching(List<SeenChange> changes, Webhook webhook) {
    Set<Long> tickets =
        match.among(
            changes.stream().map(SeenChange::ticketId).distinct().toList(), webhook.tickets());
    return changes.stream()
        .filter(change -> change.gone() || tickets.contains(change.ticketId()))
        .toList();
  }

  @RetriedOnConflict
  @Transactional
  boolean advance(Webhook webhook, long position, List<SeenChange> wanted) {
    // Another server may have taken them, or somebody has gone back.
    if (webhooks.advance(webhook.number(), webhook.position(), position) && !wanted.isEmpty()) {
      deliveries.forget(webhook.number(), wanted.stream().map(SeenChange::position).toList());
      deliveries.insertAll(
          wanted.stream()
              .map(
                  change ->
                      Delivery.waiting(
                          webhook.number(),
                          change.position(),
                          change.type(),
                          change.ticketId(),
                          now()))
              .toList());
    }
    return true;
  }

  /**
   * It was taken.
   *
   * @param sent the webhook as it was sent to
   * @return whether more is to be sent to it as it was
   */
  @RetriedOnConflict
  @Transactional
  boolean arrived(Delivery delivery, String type, Webhook sent, Receiver.Outcome outcome) {
    Optional<Webhook> found = webhooks.lock(sent.number());
    if (found.isEmpty()) {
      return false;
    }
    LocalDateTime now = now();
    if (attempted(delivery, type, Delivery.Status.DELIVERED, now, null, outcome)) {
      webhooks.succeeded(sent.number(), now);
      if (found.get().failures() >= AWAY) {
        deliveries.hurry(sent.number(), now, found.get().lastDelivered());
      }
    }
    return isAsBefore(found.get(), sent);
  }

  /**
   * It was not taken: it waits for its turn again, or is given up where others are taken, or the
   * webhook is switched off.
   *
   * @param sent the webhook as it was sent to
   * @return whether more is to be sent to it as it was
   */
  @RetriedOnConflict
  @Transactional
  boolean failed(Delivery delivery, String type, Webhook sent, Receiver.Outcome outcome) {
    Optional<Webhook> found = webhooks.lock(sent.number());
    if (found.isEmpty()) {
      return false;
    }
    Webhook webhook = found.get();
    LocalDateTime now = now();
    boolean over = delivery.isTriedBefore(now.minus(times.patience()));
    boolean test = delivery.position() == null;
    boolean ended = test || (over && delivery.isPassedOver(webhook));
    LocalDateTime next =
        ended ? null : now.plus(times.pause(delivery.attempts() + 1, outcome.retryAfter()));
    Delivery.Status status = ended ? Delivery.Status.FAILED : Delivery.Status.WAITING;
    boolean asBefore = isAsBefore(webhook, sent);
    // What was sent before somebody changed it does not count against it, nor what another has seen
    // to.
    if (!attempted(delivery, type, status, now, next, outcome) || !asBefore) {
      return asBefore;
    }
    webhooks.failed(webhook.number());
    if (outcome.isGone() || (over && !ended)) {
      disable(webhook, outcome.isGone() ? Reason.GONE : Reason.FAILING);
      return false;
    }
    if (outcome.retryAfter() != null && !test) {
      webhooks.rest(webhook.number(), now.plus(outcome.retryAfter()));
      return false;
    }
    return true;
  }

  private static boolean isAsBefore(Webhook now, Webhook before) {
    return now.status().equals(before.status())
        && now.statusChanged().equals(before.statusChanged())
        && now.url().equals(before.url());
  }

  /**
   * When something new is sent to a receiver that seems to be away: after pauses like those of a
   * message, so that it is noticed if it is only those tickets that it does not take.
   *
   * @param pauses how many there were by then, this one included
   * @param last when the last was tried that was new then
   */
  LocalDateTime probe(int pauses, LocalDateTime last) {
    return last.plus(times.pause(pauses));
  }

  private boolean attempted(
      Delivery delivery,
      String type,
      Delivery.Status status,
      LocalDateTime now,
      @Nullable LocalDateTime next,
      Receiver.Outcome outcome) {
    return deliveries.attempted(
        delivery.number(),
        delivery.attempts(),
        type,
        status.kept(),
        now,
        next,
        outcome.status(),
        outcome.millis(),
        outcome.error());
  }

  /** There is nothing that could be told. */
  @RetriedOnConflict
  @Transactional
  void giveUp(Delivery delivery) {
    deliveries.giveUp(delivery.number(), "There is nothing to be told of it any more.");
  }

  /** Nothing is sent any more until somebody wants it. */
  @RetriedOnConflict
  @Transactional
  void switchOff(Webhook webhook, Reason reason) {
    disable(webhook, reason);
  }

  private void disable(Webhook webhook, Reason reason) {
    webhooks.setStatus(webhook.number(), WebhookStatus.DISABLED.kept(), reason.kept(), now());
  }

  /** The log is not looked at before a time; null for no such time. */
  @RetriedOnConflict
  @Transactional
  void rest(Webhook webhook, @Nullable LocalDateTime until) {
    webhooks.rest(webhook.number(), until);
  }

  /** Those at work that have not got as far as the log has; nothing where there is no webhook. */
  Optional<List<Long>> behind() {
    Optional<Long> earliest = earliest();
    if (earliest.isEmpty()) {
      return Optional.empty();
    }
    long last = log.extent().last();
    return Optional.of(earliest.get() < last ? behind(last) : List.of());
  }

  @Connectable
  Optional<Long> earliest() {
    return Optional.ofNullable(webhooks.earliestPosition());
  }

  @Connectable
  List<Long> behind(long position) {
    return webhooks.behind(position, now());
  }
}
