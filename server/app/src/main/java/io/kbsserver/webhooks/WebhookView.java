package io.kbsserver.webhooks;

import org.jspecify.annotations.Nullable;

/**
 * A webhook as its user sees it.
 *
 * @param publicKey what receivers verify with; null where that is a secret
 * @param waiting how many messages wait to be sent again
 * @param secret only where it was just made, and only one that is not a public key
 */
public record WebhookView(
    Webhook webhook, @Nullable String publicKey, long waiting, @Nullable String secret) {

  /** Its id. */
  public long id() {
    return webhook.number();
  }
}
