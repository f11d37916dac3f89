package io.kbsserver.webhooks;

import static java.util.Objects.requireNonNull;

import io.kbsserver.access.Caller;
import io.kbsserver.change.ChangeReader;
import io.kbsserver.list.Page;
import io.kbsserver.list.Window;
import io.kbsserver.refusal.Conflict;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.WallClock;
import io.kbsserver.terms.Taxonomy;
import io.kbsserver.terms.TermRepository;
import io.kbsserver.tickets.StatusRepository;
import io.kbsserver.webhooks.Webhook.Signature;
import io.kbsserver.webhooks.WebhookRepository.Surroundings;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules of webhooks: who works on tickets has some, and manages them alone. */
@Singleton
class WebhookService {

  private static final int MOST = 20;

  /** That a message is signed with. */
  private static final int MOST_SECRETS = 5;

  private final WebhookRepository webhooks;
  private final WebhookSecretRepository secrets;
  private final DeliveryRepository deliveries;
  private final DeliveryList list;
  private final Reach reach;
  private final ChangeReader log;
  private final TermRepository terms;
  private final StatusRepository statuses;
  private final CurrentSite site;
  private final Clock clock;

  WebhookService(
      WebhookRepository webhooks,
      WebhookSecretRepository secrets,
      DeliveryRepository deliveries,
      DeliveryList list,
      Reach reach,
      ChangeReader log,
      TermRepository terms,
      StatusRepository statuses,
      CurrentSite site,
      Clock clock) {
    this.webhooks = webhooks;
    this.secrets = secrets;
    this.deliveries = deliveries;
    this.list = list;
    this.reach = reach;
    this.log = log;
    this.terms = terms;
    this.statuses = statuses;
    this.site = site;
    this.clock = clock;
  }

  /** Those of the caller, oldest first. */
  @Connectable
  public List<WebhookView> list(Caller caller) {
    refuseOthers(caller);
    Map<Long, Surroundings> around =
        webhooks.surroundings(caller.userId()).stream()
            .collect(Collectors.toMap(Surroundings::id, Function.identity()));
    return webhooks.findByUserIdOrderById(caller.userId()).stream()
        .map(webhook -> view(webhook, around))
        .toList();
  }

  /** One of the caller. */
  @Connectable
  public WebhookView read(long id, Caller caller) {
    return list(caller).stream()
        .filter(webhook -> webhook.id() == id)
        .findFirst()
        .orElseThrow(NotFound::webhook);
  }

  private static WebhookView view(Webhook webhook, Map<Long, Surroundings> around) {
    Surroundings its = around.get(requireNonNull(webhook.id()));
    return new WebhookView(
        webhook, its == null ? null : its.publicKey(), its == null ? 0 : its.waiting(), null);
  }

  /** One more for the caller, who is sent what is changed from now on; its secret is told. */
  @Transactional
  public WebhookView create(WebhookDraft draft, Caller caller) {
    refuseOthers(caller);
    checkUrl(draft.url());
    checkTypes(draft.types());
    checkDepartments(draft.tickets().departments());
    checkStatuses(draft.tickets().statuses());
    webhooks.lockUser(caller.userId());
    if (webhooks.countByUserId(caller.userId()) >= MOST) {
      throw Conflict.tooManyWebhooks(MOST);
    }
    // Late: until the transaction is over nobody else gives positions.
    long position = log.extent().last();
    LocalDateTime now = WallClock.now(clock);
    Webhook made =
        webhooks.insert(
            new Webhook(
                null,
                caller.userId(),
                draft.url(),
                draft.description(),
                EventTypes.kept(draft.types()),
                kept(draft.tickets().departments()),
                kept(draft.tickets().statuses()),
                kept(draft.payload()),
                kept(draft.signature()),
                WebhookStatus.ACTIVE.kept(),
                null,
                now,
                draft.siteUrl(),
                position,
                null,
                0,
                null,
                now));
    WebhookSecret secret = addSecret(made, now);
    return new WebhookView(made, secret.publicKey(), 0, secret.shown());
  }

  /** One of the caller, changed. */
  @Transactional
  public WebhookView change(long id, WebhookChange change, Caller caller) {
    Webhook before = locked(id, caller);
    if (change.url() != null) {
      checkUrl(change.url());
    }
    if (change.types() != null) {
      checkTypes(change.types());
    }
    if (change.departments() != null) {
      checkDepartments(change.departments());
    }
    if (change.statuses() != null) {
      checkStatuses(change.statuses());
    }
    webhooks.change(
        id,
        change.url() == null ? before.url() : change.url(),
        change.description() == null ? before.description() : change.description(),
        change.types() == null ? before.types() : EventTypes.kept(change.types()),
        change.departments() == null ? before.departments() : kept(change.departments()),
        change.statuses() == null ? before.statuses() : kept(change.statuses()),
        change.payload() == null ? before.payload() : kept(change.payload()));
    if (change.active() != null) {
      setActive(before, change.active());
    }
    return read(id, caller);
  }

  private void setActive(Webhook webhook, boolean active) {
    WebhookStatus wanted = active ? WebhookStatus.ACTIVE : WebhookStatus.PAUSED;
    if (webhook.status().equals(wanted.kept())) {
      return;
    }
    LocalDateTime now = WallClock.now(clock);
    long id = requireNonNull(webhook.id());
    webhooks.setStatus(id, wanted.kept(), null, now);
    if (active) {
      deliveries.restart(id, now);
    }
  }

  /** One of the caller that there is no more. */
  @Transactional
  public WebhookView delete(long id, Caller caller) {
    WebhookView before = read(id, caller);
    webhooks.delete(id);
    return before;
  }

  /** What messages of one of the caller's are signed with. */
  @Connectable
  public List<WebhookSecret> secrets(long id, Caller caller) {
    read(id, caller);
    return secrets.valid(id, WallClock.now(clock));
  }

  /**
   * A new one, which takes the place of the one before.
   *
   * @param hours for which that one is valid still; with 0 no other is valid any more
   */
  @Transactional
  public WebhookSecret renewSecret(long id, int hours, Caller caller) {
    Webhook webhook = locked(id, caller);
    LocalDateTime now = WallClock.now(clock);
    secrets.limit(id, now.plusHours(hours));
    secrets.removeExpired(id, now);
    List<WebhookSecret> others = secrets.valid(id, now);
    int kept = hours == 0 ? 0 : MOST_SECRETS - 1;
    if (others.size() > kept) {
      secrets.removeUpTo(id, requireNonNull(others.get(kept).id()));
    }
    return addSecret(webhook, now);
  }

  private WebhookSecret addSecret(Webhook webhook, LocalDateTime now) {
    Signature signature = Signature.valueOf(webhook.signature().toUpperCase(Locale.ROOT));
    SigningKeys.Made made = SigningKeys.make(signature);
    return secrets.insert(
        new WebhookSecret(
            null, requireNonNull(webhook.id()), made.secret(), made.publicKey(), now, null));
  }

  /** A page of what was sent to one of the caller's. */
  @Connectable
  public Page<Delivery> deliveries(long id, Window window, Caller caller) {
    read(id, caller);
    return list.page(id, window);
  }

  /** A message that tells of nothing. */
  @Transactional
  public Delivery test(long id, Caller caller) {
    locked(id, caller);
    return test(id);
  }

  Delivery test(long id) {
    return deliveries.insert(
        Delivery.waiting(id, null, EventTypes.TEST, null, WallClock.now(clock)));
  }

  /** A message that was sent to one of the caller's is sent again. */
  @Transactional
  public Delivery again(long id, long delivery, Caller caller) {
    locked(id, caller);
    Optional<Delivery> found = deliveries.findByIdAndWebhookId(delivery, id);
    if (found.isEmpty()) {
      throw new InvalidParameters(
          "delivery", new Fault("rest_invalid_param", "delivery is no delivery of the webhook."));
    }
    deliveries.again(delivery, WallClock.now(clock));
    return found.get();
  }

  /** All from a position on is sent again; gives the position that the webhook is at then. */
  @Transactional
  public long againFrom(long id, long position, Caller caller) {
    locked(id, caller);
    return againFrom(id, position);
  }

  long againFrom(long id, long position) {
    long folded = webhooks.folded();
    long last = webhooks.lastPosition();
    if (position <= folded || position > last + 1) {
      throw new InvalidParameters(
          "position",
          new Fault(
              "rest_out_of_bounds",
              "position must be between %d and %d: so far goes the log."
                  .formatted(folded + 1, last + 1)));
    }
    deliveries.withdrawFrom(id, position);
    webhooks.moveTo(id, position - 1);
    return position - 1;
  }

  private Webhook locked(long id, Caller caller) {
    refuseOthers(caller);
    return webhooks.lock(id, caller.userId()).orElseThrow(NotFound::webhook);
  }

  /**
   * Everybody else is refused by the contract as well; nobody is to get in by a mark missing there.
   */
  private static void refuseOthers(Caller caller) {
    if (!caller.mayEditTickets()) {
      throw NotAllowed.toDoThat();
    }
  }

  private void checkUrl(String url) {
    reach
        .fault(url)
        .ifPresent(
            fault -> {
              throw new InvalidParameters(
                  "url", new Fault("rest_invalid_url", "url " + fault + "."));
            });
  }

  private static void checkTypes(List<String> types) {
    if (!EventTypes.areKnown(types)) {
      throw new InvalidParameters(
          "types", new Fault("rest_invalid_type", "types may be " + EventTypes.list() + "."));
    }
  }

  /** Who sees departments knows which there are, if the site has any. */
  private void checkDepartments(List<Long> ids) {
    boolean known =
        ids.isEmpty()
            || (site.current().get(Setting.ENABLE_DEPARTMENTS)
                && terms.existing(Taxonomy.DEPARTMENTS, ids).containsAll(ids));
    if (!known) {
      throw new InvalidParameters(
          "departments",
          new Fault("rest_invalid_param", "departments names something that is no department."));
    }
  }

  /** Whatever the contract has held them to: commands are not held to it. */
  private void checkStatuses(List<String> slugs) {
    if (!statuses.values().containsAll(slugs)) {
      throw new InvalidParameters(
          "statuses",
          new Fault("rest_invalid_param", "statuses names something that is no status."));
    }
  }

  private static String kept(List<?> values) {
    return values.stream().map(String::valueOf).distinct().collect(Collectors.joining(","));
  }

  private static String kept(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
