package io.kbsserver.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kbsserver.access.UserRepository.Credentials;
import io.kbsserver.access.UserRepository.OwnCustomer;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Finds out who a login and an application password belong to.
 *
 * <p>Which hash a password fits is remembered by a keyed digest, so that the slow hash is computed
 * once; the stored hash itself is read at every request, so that a revoked password stops working
 * at once.
 */
@Singleton
public class Authenticator implements Logins {

  private static final int MOST_REMEMBERED = 10_000;
  private static final String DIGEST = "HmacSHA256";

  private final UserRepository users;
  private final SecretKeySpec digestKey = new SecretKeySpec(randomBytes(), DIGEST);
  private final Cache<String, String> fittingHash =
      Caffeine.newBuilder()
          .maximumSize(MOST_REMEMBERED)
          .expireAfterAccess(Duration.ofHours(1))
          .build();

  Authenticator(UserRepository users) {
    this.users = users;
  }

  @Override
  @Connectable
  public Optional<Caller> authenticate(String loginOrEmail, String password) {
    String secret = lettersAndDigits(password);
    Optional<Credentials> found = users.findCredentials(loginOrEmail);
    if (found.isEmpty() || found.get().hashes().isEmpty() || secret.isEmpty()) {
      PasswordHash.matches(PasswordHash.OF_NOBODY, secret);
      return Optional.empty();
    }
    Credentials credentials = found.get();
    return fits(credentials, secret) ? Optional.of(caller(credentials)) : Optional.empty();
  }

  private boolean fits(Credentials credentials, String secret) {
    String digest = digest(credentials.userId() + ":" + secret);
    String remembered = fittingHash.getIfPresent(digest);
    if (remembered != null) {
      if (credentials.hashes().containsValue(remembered)) {
        return true;
      }
      fittingHash.invalidate(digest);
    }
    for (String hash : credentials.hashes().values()) {
      if (PasswordHash.matches(hash, secret)) {
        fittingHash.put(digest, hash);
        return true;
      }
    }
    if (credentials.hashes().values().stream().noneMatch(PasswordHash::isSlow)) {
      PasswordHash.matches(PasswordHash.OF_NOBODY, secret);
    }
    return false;
  }

  private Caller caller(Credentials credentials) {
    boolean agent =
        credentials.roles().contains(Role.SUPPORT_AGENT)
            || credentials.roles().contains(Role.SUPPORT_MANAGER);
    List<OwnCustomer> customers = agent ? List.of() : users.customersOf(credentials.userId());
    return new Caller(
        credentials.userId(),
        credentials.login(),
        credentials.email(),
        credentials.roles(),
        customers.stream().map(OwnCustomer::id).toList(),
        customers.stream()
            .map(OwnCustomer::companyId)
            .filter(Objects::nonNull)
            .distinct()
            .toList());
  }

  /** Application passwords are shown in groups; whatever separates them does not count. */
  private static String lettersAndDigits(String password) {
    return password.replaceAll("[^A-Za-z0-9]", "");
  }

  private String digest(String text) {
    try {
      Mac mac = Mac.getInstance(DIGEST);
      mac.init(digestKey);
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
