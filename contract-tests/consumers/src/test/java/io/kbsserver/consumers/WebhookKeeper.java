package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.WebhooksApi.APICreateWebhookDeliveryRequest;
import io.kbsserver.client.WebhooksApi.APICreateWebhookRequest;
import io.kbsserver.client.WebhooksApi.APICreateWebhookSecretRequest;
import io.kbsserver.client.WebhooksApi.APIDeleteWebhookRequest;
import io.kbsserver.client.WebhooksApi.APIDescribeWebhookDeliveriesRequest;
import io.kbsserver.client.WebhooksApi.APIDescribeWebhookRequest;
import io.kbsserver.client.WebhooksApi.APIDescribeWebhookSecretsRequest;
import io.kbsserver.client.WebhooksApi.APIGetWebhookRequest;
import io.kbsserver.client.WebhooksApi.APIListWebhookDeliveriesRequest;
import io.kbsserver.client.WebhooksApi.APIListWebhookSecretsRequest;
import io.kbsserver.client.WebhooksApi.APIListWebhooksRequest;
import io.kbsserver.client.WebhooksApi.APIPatchWebhookRequest;
import io.kbsserver.client.WebhooksApi.APIPutWebhookRequest;
import io.kbsserver.client.WebhooksApi.APIUpdateWebhookRequest;
import io.kbsserver.client.model.Webhook;
import io.kbsserver.client.model.WebhookCreate;
import io.kbsserver.client.model.WebhookDelivery;
import io.kbsserver.client.model.WebhookDeliveryCreate;
import io.kbsserver.client.model.WebhookSecretCreate;
import io.kbsserver.client.model.WebhookUpdate;
import java.util.List;
import java.util.Set;

/** The page of an integration on which its webhook is set up, tried, and looked after. */
final class WebhookKeeper {

  private final Api api;

  WebhookKeeper(Api api) {
    this.api = api;
  }

  List<String> addresses() throws ApiException {
    return api.webhooks().listWebhooks(APIListWebhooksRequest.newBuilder().build()).stream()
        .map(Webhook::getUrl)
        .toList();
  }

  /** The secret of a new one. */
  String make(WebhookCreate wanted) throws ApiException {
    return api.webhooks()
        .createWebhook(APICreateWebhookRequest.newBuilder().webhookCreate(wanted).build())
        .getSecret();
  }

  String status(long id) throws ApiException {
    return api.webhooks()
        .getWebhook(APIGetWebhookRequest.newBuilder().webhookId(id).build())
        .getStatus()
        .getValue();
  }

  String change(String method, long id, WebhookUpdate change) throws ApiException {
    Webhook changed =
        switch (method) {
          case "PUT" ->
              api.webhooks()
                  .putWebhook(
                      APIPutWebhookRequest.newBuilder()
                          .webhookId(id)
                          .webhookUpdate(change)
                          .build());
          case "PATCH" ->
              api.webhooks()
                  .patchWebhook(
                      APIPatchWebhookRequest.newBuilder()
                          .webhookId(id)
                          .webhookUpdate(change)
                          .build());
          default ->
              api.webhooks()
                  .updateWebhook(
                      APIUpdateWebhookRequest.newBuilder()
                          .webhookId(id)
                          .webhookUpdate(change)
                          .build());
        };
    return changed.getDescription();
  }

  /** The address of what there is no more. */
  String remove(long id) throws ApiException {
    return api.webhooks()
        .deleteWebhook(APIDeleteWebhookRequest.newBuilder().webhookId(id).build())
        .getPrevious()
        .getUrl();
  }

  /** How many secrets are valid. */
  int secrets(long id) throws ApiException {
    return api.webhooks()
        .listWebhookSecrets(APIListWebhookSecretsRequest.newBuilder().webhookId(id).build())
        .size();
  }

  String renew(long id, WebhookSecretCreate wanted) throws ApiException {
    return api.webhooks()
        .createWebhookSecret(
            APICreateWebhookSecretRequest.newBuilder()
                .webhookId(id)
                .webhookSecretCreate(wanted)
                .build())
        .getSecret();
  }

  List<String> deliveries(long id) throws ApiException {
    return api
        .webhooks()
        .listWebhookDeliveries(APIListWebhookDeliveriesRequest.newBuilder().webhookId(id).build())
        .stream()
        .map(WebhookDelivery::getType)
        .toList();
  }

  Long send(long id, WebhookDeliveryCreate wanted) throws ApiException {
    return api.webhooks()
        .createWebhookDelivery(
            APICreateWebhookDeliveryRequest.newBuilder()
                .webhookId(id)
                .webhookDeliveryCreate(wanted)
                .build())
        .getDelivery();
  }

  Set<String> withAll() throws ApiException {
    return Set.copyOf(api.webhooks().describeWebhooks().getMethods());
  }

  Set<String> withOne(long id) throws ApiException {
    return Set.copyOf(
        api.webhooks()
            .describeWebhook(APIDescribeWebhookRequest.newBuilder().webhookId(id).build())
            .getMethods());
  }

  Set<String> withSecrets(long id) throws ApiException {
    return Set.copyOf(
        api.webhooks()
            .describeWebhookSecrets(
                APIDescribeWebhookSecretsRequest.newBuilder().webhookId(id).build())
            .getMethods());
  }

  Set<String> withDeliveries(long id) throws ApiException {
    return Set.copyOf(
        api.webhooks()
            .describeWebhookDeliveries(
                APIDescribeWebhookDeliveriesRequest.newBuilder().webhookId(id).build())
            .getMethods());
  }
}
