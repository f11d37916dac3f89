package io.kbsserver.webhooks;

import io.kbsserver.api.WebhooksApi;
import io.kbsserver.api.model.DeletedWebhook;
import io.kbsserver.api.model.Webhook;
import io.kbsserver.api.model.WebhookCreate;
import io.kbsserver.api.model.WebhookDelivery;
import io.kbsserver.api.model.WebhookDeliveryCreate;
import io.kbsserver.api.model.WebhookDispatch;
import io.kbsserver.api.model.WebhookPayload;
import io.kbsserver.api.model.WebhookSecret;
import io.kbsserver.api.model.WebhookSecretCreate;
import io.kbsserver.api.model.WebhookSignature;
import io.kbsserver.api.model.WebhookStatus;
import io.kbsserver.api.model.WebhookUpdate;
import io.kbsserver.list.Window;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.rest.idempotency.Idempotent;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.response.Paging;
import io.kbsserver.webhooks.Webhook.Payload;
import io.kbsserver.webhooks.Webhook.Signature;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Translates between the generated interface and the rules of webhooks. */
@Controller("/wp-json")
class WebhooksController implements WebhooksApi {

  private static final int DEFAULT_HOURS = 24;

  private final WebhookService service;
  private final WebhookWriter writer;
  private final WebhookRepresentation representation;
  private final CurrentCaller caller;
  private final BaseUrl baseUrl;
  private final Paging paging;

  WebhooksController(
      WebhookService service,
      WebhookWriter writer,
      WebhookRepresentation representation,
      CurrentCaller caller,
      BaseUrl baseUrl,
      Paging paging) {
    this.service = service;
    this.writer = writer;
    this.representation = representation;
    this.caller = caller;
    this.baseUrl = baseUrl;
    this.paging = paging;
  }

  @Override
  public HttpResponse<List<Webhook>> listWebhooks(ListWebhooksParameters parameters) {
    return HttpResponse.ok(service.list(caller.get()).stream().map(representation::of).toList());
  }

  @Override
  @Idempotent
  @Consumes(MediaType.ALL)
  public HttpResponse<Webhook> createWebhook(
      CreateWebhookParameters parameters, WebhookCreate body) {
    WebhookDraft draft =
        new WebhookDraft(
            given(body.url()),
            Objects.requireNonNullElse(body.description(), ""),
            Objects.requireNonNullElse(body.types(), List.of()),
            new WantedTickets(
                Objects.requireNonNullElse(body.departments(), List.of()),
                Objects.requireNonNullElse(body.statuses(), List.of())),
            body.payload() == null ? Payload.THIN : payload(body.payload()),
            body.signature() == null ? Signature.HMAC : signature(body.signature()),
            baseUrl.ofServer());
    WebhookView made = writer.create(draft, caller.get());
    return HttpResponse.created(representation.of(made))
        .header(HttpHeaders.LOCATION, representation.href(made));
  }

  @Override
  public HttpResponse<Webhook> getWebhook(Long webhookId, GetWebhookParameters parameters) {
    return HttpResponse.ok(representation.of(service.read(webhookId, caller.get())));
  }

  @Override
  @Idempotent
  @Consumes(MediaType.ALL)
  public HttpResponse<Webhook> updateWebhook(
      Long webhookId, UpdateWebhookParameters parameters, WebhookUpdate body) {
    WebhookChange change =
        new WebhookChange(
            body.url() == null || body.url().isEmpty() ? null : body.url(),
            body.description(),
            body.types(),
            body.departments(),
            body.statuses(),
            body.payload() == null ? null : payload(body.payload()),
            body.status() == null ? null : isActive(body.status()));
    return HttpResponse.ok(representation.of(writer.change(webhookId, change, caller.get())));
  }

  @Override
  @Idempotent
  public HttpResponse<DeletedWebhook> deleteWebhook(
      Long webhookId, DeleteWebhookParameters parameters) {
    return HttpResponse.ok(
        DeletedWebhook.builder()
            .deleted(true)
            .previous(representation.of(writer.delete(webhookId, caller.get())))
            .build());
  }

  @Override
  public HttpResponse<List<WebhookSecret>> listWebhookSecrets(
      Long webhookId, ListWebhookSecretsParameters parameters) {
    return HttpResponse.ok(
        service.secrets(webhookId, caller.get()).stream().map(representation::of).toList());
  }

  @Override
  @Idempotent
  @Consumes(MediaType.ALL)
  public HttpResponse<WebhookSecret> createWebhookSecret(
      Long webhookId, CreateWebhookSecretParameters parameters, WebhookSecretCreate body) {
    int hours = body.keepHours() == null ? DEFAULT_HOURS : body.keepHours();
    return HttpResponse.created(
        representation.withSecret(writer.renewSecret(webhookId, hours, caller.get())));
  }

  @Override
  public HttpResponse<List<WebhookDelivery>> listWebhookDeliveries(
      Long webhookId, ListWebhookDeliveriesParameters parameters) {
    Window window = new Window(parameters.page(), parameters.perPage(), null);
    return paging.page(service.deliveries(webhookId, window, caller.get()).map(representation::of));
  }

  @Override
  @Idempotent
  @Consumes(MediaType.ALL)
  public HttpResponse<WebhookDispatch> createWebhookDelivery(
      Long webhookId, CreateWebhookDeliveryParameters parameters, WebhookDeliveryCreate body) {
    boolean test = Boolean.TRUE.equals(body.test());
    refuseAllButOne(test ? true : null, body.delivery(), body.position());
    Long delivery = null;
    if (test) {
      delivery = writer.test(webhookId, caller.get()).id();
    } else if (body.delivery() != null) {
      delivery = writer.again(webhookId, body.delivery(), caller.get());
    } else if (body.position() != null) {
      writer.againFrom(webhookId, body.position(), caller.get());
    }
    return HttpResponse.<WebhookDispatch>accepted()
        .body(
            WebhookDispatch.builder()
                .delivery(delivery)
                .position(service.read(webhookId, caller.get()).webhook().position())
                .build());
  }

  private static void refuseAllButOne(@Nullable Object... given) {
    if (Stream.of(given).filter(Objects::nonNull).count() != 1) {
      Map<String, Fault> faults = new LinkedHashMap<>();
      for (String name : List.of("test", "delivery", "position")) {
        faults.put(
            name,
            new Fault("rest_invalid_param", "One of test, delivery and position has to be given."));
      }
      throw new InvalidParameters(faults);
    }
  }

  private static String given(@Nullable String url) {
    if (url == null || url.isEmpty()) {
      String message = "Missing parameter(s): url";
      String code = "rest_missing_callback_param";
      throw new InvalidParameters(code, message, Map.of("url", new Fault(code, message)));
    }
    return url;
  }

  private static Payload payload(WebhookPayload payload) {
    return switch (payload) {
      case THIN -> Payload.THIN;
      case FULL -> Payload.FULL;
    };
  }

  private static Signature signature(WebhookSignature signature) {
    return switch (signature) {
      case HMAC -> Signature.HMAC;
      case ED25519 -> Signature.ED25519;
    };
  }

  private static boolean isActive(WebhookStatus status) {
    return switch (status) {
      case ACTIVE -> true;
      case PAUSED -> false;
      case DISABLED ->
          throw new InvalidParameters(
              "status", new Fault("rest_not_in_enum", "status can be made active or paused."));
    };
  }
}
