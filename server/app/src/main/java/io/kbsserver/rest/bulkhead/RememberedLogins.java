package io.kbsserver.rest.bulkhead;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which headers were valid logins lately. It lets nobody in: it says who need not wait among those
 * who guess. They are kept by a keyed digest.
 */
@Singleton
public class RememberedLogins {

  private static final int MOST = 10_000;
  private static final String DIGEST = "HmacSHA256";

  private final SecretKeySpec key;
  private final Cache<String, Boolean> digests =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(Duration.ofHours(1)).build();

  public RememberedLogins() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, DIGEST);
  }

  /** Remembers whether a header was a valid login. */
  public void remember(String header, boolean valid) {
    if (valid) {
      digests.put(digest(header), true);
    } else {
      digests.invalidate(digest(header));
    }
  }

  boolean include(String header) {
    return digests.getIfPresent(digest(header)) != null;
  }

  private String digest(String header) {
    try {
      Mac mac = Mac.getInstance(DIGEST);
      mac.init(key);
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(header.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
