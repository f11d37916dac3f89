package io.kbsserver.consumers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A CRM that hears of new tickets, and believes nobody who does not know the secret. */
final class WebhookListener {

  private static final String HMAC = "HmacSHA256";

  private final byte[] key;

  WebhookListener(String secret) {
    this.key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
  }

  /** What the CRM writes down. */
  record Heard(String type, long ticket, String title, String email) {}

  /** Takes a message, if it is genuine. */
  Heard take(Map<String, String> headers, byte[] body) throws IOException {
    String mine = "v1," + signature(headers, body);
    boolean genuine =
        Arrays.stream(headers.get("webhook-signature").split(" "))
            .anyMatch(
                each ->
                    MessageDigest.isEqual(
                        each.getBytes(StandardCharsets.UTF_8),
                        mine.getBytes(StandardCharsets.UTF_8)));
    if (!genuine) {
      throw new IOException("Somebody else has sent this");
    }
    JsonNode message = new ObjectMapper().readTree(body);
    JsonNode ticket = message.at("/data/ticket");
    return new Heard(
        message.path("type").asText(),
        message.at("/data/ticket_id").asLong(),
        ticket.at("/title/raw").asText(),
        ticket.at("/ticket_data/email").asText());
  }

  /** What a sender who knows the secret writes. */
  String signature(Map<String, String> headers, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      String before = headers.get("webhook-id") + "." + headers.get("webhook-timestamp") + ".";
      mac.update(before.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
