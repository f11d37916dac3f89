package io.kbsserver.webhooks;

import io.kbsserver.webhooks.Webhook.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to change of a webhook; what is null stays.
 *
 * @param active whether it is to be at work
 */
record WebhookChange(
    @Nullable String url,
    @Nullable String description,
    @Nullable List<String> types,
    @Nullable List<Long> departments,
    @Nullable List<String> statuses,
    @Nullable Payload payload,
    @Nullable Boolean active) {}
