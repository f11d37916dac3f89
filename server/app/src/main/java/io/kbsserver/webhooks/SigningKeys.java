package io.kbsserver.webhooks;

import com.standardwebhooks.exceptions.WebhookSigningException;
import io.kbsserver.webhooks.Webhook.Signature;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Makes what messages are signed with, and signs, after the Standard Webhooks specification. */
public final class SigningKeys {

  private static final String SYMMETRIC = "whsec_";
  private static final String PRIVATE = "whsk_";
  private static final String PUBLIC = "whpk_";
  private static final String ED25519 = "Ed25519";
  private static final int SECRET_BYTES = 32;

  /** Of a public key as Java writes it, these are the key. */
  private static final int PUBLIC_KEY_BYTES = 32;

  private static final SecureRandom RANDOM = new SecureRandom();

  private SigningKeys() {}

  /**
   * What is kept.
   *
   * @param publicKey null where receivers need the secret
   */
  record Made(String secret, @Nullable String publicKey) {}

  static Made make(Signature signature) {
    return switch (signature) {
      case HMAC -> {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        yield new Made(SYMMETRIC + base64(secret), null);
      }
      case ED25519 -> {
        try {
          KeyPair pair = KeyPairGenerator.getInstance(ED25519).generateKeyPair();
          byte[] key = pair.getPublic().getEncoded();
          yield new Made(
              PRIVATE + base64(pair.getPrivate().getEncoded()),
              PUBLIC + base64(Arrays.copyOfRange(key, key.length - PUBLIC_KEY_BYTES, key.length)));
        } catch (GeneralSecurityException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  /** A signature as it stands in the header. */
  public static String sign(String secret, String messageId, long seconds, String body) {
    try {
      if (!secret.startsWith(PRIVATE)) {
        return new com.standardwebhooks.Webhook(secret).sign(messageId, seconds, body);
      }
      byte[] key = Base64.getDecoder().decode(secret.substring(PRIVATE.length()));
      java.security.Signature signing = java.security.Signature.getInstance(ED25519);
      signing.initSign(
          KeyFactory.getInstance(ED25519).generatePrivate(new PKCS8EncodedKeySpec(key)));
      signing.update(
          "%s.%d.%s".formatted(messageId, seconds, body).getBytes(StandardCharsets.UTF_8));
      return "v1a," + base64(signing.sign());
    } catch (WebhookSigningException | GeneralSecurityException e) {
      throw new IllegalStateException("A message could not be signed", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
