package io.kbsserver.access;

import static java.util.concurrent.CompletableFuture.completedFuture;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kbsserver.access.LoginFailures.Allowance;
import io.kbsserver.access.LoginFailures.Counted;
import io.kbsserver.access.LoginFailures.OverLimit;
import io.kbsserver.access.LoginLookup.Found;
import io.kbsserver.access.LoginOutcome.Busy;
import io.kbsserver.access.LoginOutcome.Known;
import io.kbsserver.access.LoginOutcome.Nobody;
import io.kbsserver.access.LoginOutcome.TooManyFailures;
import io.kbsserver.text.PlainText;
import jakarta.inject.Singleton;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Finds out who a login and an application password belong to.
 *
 * <p>Which hash a password fits is remembered by a keyed digest, so that the slow hash is computed
 * once, for many requests that come at a time as well; the stored hash itself is read at every
 * request, so that a revoked password stops working at once. What is remembered is neither counted
 * nor waits for anybody's hashes.
 */
@Singleton
public class Authenticator implements Logins {

  /** More than any application password has; a hash of thousands of characters takes long. */
  private static final int LONGEST_SECRET = 128;

  /** Wrong passwords are answered at full multiples of this; tens of slow hashes fit into it. */
  private static final long BEAT = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int MOST_REMEMBERED = 10_000;
  private static final Duration REMEMBERED_FOR = Duration.ofHours(1);
  private static final LoginOutcome NOBODY = new Nobody();

  /** What came of comparing a password. */
  private sealed interface Proof {}

  private record Fits(String hash) implements Proof {}

  private record Wrong() implements Proof {}

  private record Unproven(LoginOutcome reason, String address) implements Proof {}

  /**
   * An attempt to log in.
   *
   * @param name whose: the same for all ways to write it
   * @param started when it came
   */
  private record Attempt(
      Optional<Found> found, String name, String secret, String address, long started) {

    Map<String, String> hashes() {
      return found.map(Found::hashes).orElse(Map.of());
    }
  }

  private final LoginLookup lookup;
  private final LoginFailures failures;
  private final PasswordHashing hashing;
  private final KeyedDigest digest = new KeyedDigest();
  private final LoginCounts counts = new LoginCounts();
  private final AsyncCache<String, Proof> proofs =
      Caffeine.newBuilder()
          .maximumSize(MOST_REMEMBERED)
          .expireAfterAccess(REMEMBERED_FOR)
          .recordStats()
          .buildAsync();

  /** What has worked as it was written: the only thing that an address over its limit looks up. */
  private final Cache<String, Boolean> worked =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterAccess(REMEMBERED_FOR).build();

  Authenticator(LoginLookup lookup, LoginFailures failures, PasswordHashing hashing) {
    this.lookup = lookup;
    this.failures = failures;
    this.hashing = hashing;
  }

  @Override
  public CompletableFuture<LoginOutcome> authenticate(
      String loginOrEmail, String password, String address) {
    return attempt(loginOrEmail, password, address)
        .whenComplete((outcome, failure) -> counts.count(outcome));
  }

  LoginCounts counts() {
    return counts;
  }

  /** The credentials that are remembered. */
  AsyncCache<?, ?> remembered() {
    return proofs;
  }

  private CompletableFuture<LoginOutcome> attempt(
      String loginOrEmail, String password, String address) {
    long started = System.nanoTime();
    String secret = lettersAndDigits(password);
    if (secret.isEmpty() || secret.length() > LONGEST_SECRET) {
      return completedFuture(NOBODY);
    }
    String given = digest.of(loginOrEmail + ":" + secret);
    Optional<OverLimit> over = failures.ofAddress(address);
    if (over.isPresent() && worked.getIfPresent(given) == null) {
      return completedFuture(new TooManyFailures(over.get().retryAfter()));
    }
    Optional<Found> found = lookup.find(loginOrEmail);
    String name = digest.of(found.map(Authenticator::name).orElseGet(() -> folded(loginOrEmail)));
    return authenticate(new Attempt(found, name, secret, address, started))
        .whenComplete(
            (outcome, failure) -> {
              if (outcome instanceof Known) {
                worked.put(given, true);
              }
            });
  }

  private CompletableFuture<LoginOutcome> authenticate(Attempt attempt) {
    String key = digest.of(attempt.name() + ":" + attempt.secret());
    forgetRevoked(key, attempt);
    CompletableFuture<Proof> mine = new CompletableFuture<>();
    CompletableFuture<Proof> proof = proofs.get(key, (missing, executor) -> mine);
    boolean first = proof == mine;
    if (first) {
      mine.whenComplete(
          (result, failure) -> {
            if (!(result instanceof Fits)) {
              proofs.asMap().remove(key, mine);
            }
          });
      try {
        prove(attempt, mine);
      } catch (RuntimeException e) {
        mine.completeExceptionally(e);
      }
    }
    return proof.thenCompose(result -> outcome(attempt, result, first));
  }

  private void forgetRevoked(String key, Attempt attempt) {
    // By the map, which does not count this as another look for the same.
    CompletableFuture<Proof> remembered = proofs.asMap().get(key);
    if (remembered != null
        && remembered.isDone()
        && (remembered.isCompletedExceptionally()
            || !(remembered.join() instanceof Fits fits)
            || !attempt.hashes().containsValue(fits.hash()))) {
      proofs.asMap().remove(key, remembered);
    }
  }

  /** Those who bring the same at the same time wait for the first of them. */
  private void prove(Attempt attempt, CompletableFuture<Proof> proof) {
    Allowance allowance = failures.count(attempt.name(), attempt.address());
    if (allowance instanceof Counted counted) {
      compare(attempt, counted, proof);
    } else if (allowance instanceof OverLimit over) {
      proof.complete(new Unproven(new TooManyFailures(over.retryAfter()), attempt.address()));
    }
  }

  private void compare(Attempt attempt, Counted counted, CompletableFuture<Proof> proof) {
    // These take no time, so that nobody waits for slow ones who has none.
    Optional<String> fast = fitting(attempt, hash -> !PasswordHash.isSlow(hash));
    if (fast.isPresent()) {
      counted.giveBack();
      proof.complete(new Fits(fast.get()));
      return;
    }
    try {
      hashing
          .later(() -> fittingSlow(attempt))
          .whenComplete(
              (slow, failure) -> {
                if (failure != null) {
                  proof.completeExceptionally(failure);
                } else if (slow.isPresent()) {
                  counted.giveBack();
                  proof.complete(new Fits(slow.get()));
                } else {
                  proof.complete(new Wrong());
                }
              });
    } catch (RejectedExecutionException e) {
      counted.giveBack();
      proof.complete(new Unproven(new Busy(), attempt.address()));
    }
  }

  private static Optional<String> fittingSlow(Attempt attempt) {
    if (attempt.hashes().values().stream().noneMatch(PasswordHash::isSlow)) {
      PasswordHash.matches(PasswordHash.OF_NOBODY, attempt.secret());
    }
    return fitting(attempt, PasswordHash::isSlow);
  }

  private static Optional<String> fitting(Attempt attempt, Predicate<String> kind) {
    return attempt.hashes().values().stream()
        .filter(kind)
        .filter(hash -> PasswordHash.matches(hash, attempt.secret()))
        .findFirst();
  }

  private CompletableFuture<LoginOutcome> outcome(Attempt attempt, Proof proof, boolean first) {
    if (proof instanceof Unproven unproven) {
      // Who is elsewhere is not shut out with the one that was waited for.
      return unproven.address().equals(attempt.address())
          ? completedFuture(unproven.reason())
          : authenticate(attempt);
    }
    if (proof instanceof Fits fits) {
      Optional<LoginOutcome> known = known(attempt, fits.hash());
      if (known.isPresent()) {
        return completedFuture(known.get());
      }
    }
    if (!first && failures.count(attempt.name(), attempt.address()) instanceof OverLimit over) {
      return completedFuture(new TooManyFailures(over.retryAfter()));
    }
    return onTheBeat(attempt);
  }

  /** Nothing where the password was revoked while it was compared for somebody else. */
  private static Optional<LoginOutcome> known(Attempt attempt, String hash) {
    return attempt.found().stream()
        .flatMap(
            found ->
                found.hashes().entrySet().stream()
                    .filter(password -> password.getValue().equals(hash))
                    .map(password -> new Known(found.caller(), password.getKey(), found.mark())))
        .findFirst()
        .map(LoginOutcome.class::cast);
  }

  /**
   * Nobody, at a time that does not tell how many hashes there were to compare, or whether there is
   * such a login.
   */
  private static CompletableFuture<LoginOutcome> onTheBeat(Attempt attempt) {
    long passed = System.nanoTime() - attempt.started();
    Executor later =
        CompletableFuture.delayedExecutor(
            BEAT - passed % BEAT, TimeUnit.NANOSECONDS, Runnable::run);
    return CompletableFuture.supplyAsync(() -> NOBODY, later);
  }

  private static String name(Found found) {
    return "#" + found.caller().userId();
  }

  /** A login that there is not, as the database compares: without case and accents. */
  private static String folded(String loginOrEmail) {
    return Normalizer.normalize(PlainText.name(loginOrEmail), Normalizer.Form.NFKD)
        .replaceAll("\\p{M}", "")
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  /** Application passwords are shown in groups; whatever separates them does not count. */
  private static String lettersAndDigits(String password) {
    return password.replaceAll("[^A-Za-z0-9]", "");
  }
}
