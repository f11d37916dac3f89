package io.kbsserver.webhooks;

import io.kbsserver.webhooks.Webhook.Payload;
import io.kbsserver.webhooks.Webhook.Signature;
import java.util.List;

/**
 * A webhook to make.
 *
 * @param siteUrl where its user reaches this server
 */
public record WebhookDraft(
    String url,
    String description,
    List<String> types,
    WantedTickets tickets,
    Payload payload,
    Signature signature,
    String siteUrl) {}
