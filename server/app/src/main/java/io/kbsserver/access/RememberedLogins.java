package io.kbsserver.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Which headers were valid logins lately. It lets nobody in: it says who need not wait among those
 * who guess. They are kept by a keyed digest.
 */
@Singleton
public class RememberedLogins {

  private static final int MOST = 10_000;

  private final KeyedDigest digest = new KeyedDigest();
  private final Cache<String, Boolean> digests =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(Duration.ofHours(1)).build();

  /** Remembers whether a header was a valid login. */
  public void remember(String header, boolean valid) {
    if (valid) {
      digests.put(digest.of(header), true);
    } else {
      digests.invalidate(digest.of(header));
    }
  }

  /** Whether a header was a valid login the last time. */
  public boolean include(String header) {
    return digests.getIfPresent(digest.of(header)) != null;
  }
}
