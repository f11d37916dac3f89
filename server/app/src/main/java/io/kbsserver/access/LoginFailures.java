package io.kbsserver.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Counts wrong passwords, by address and by pairs of login and address; never by login alone, or
 * anybody could shut anybody out.
 *
 * <p>An attempt is counted before its password is looked at, so that many at a time get no further
 * than one after the other; one that turns out right is given back.
 */
@Singleton
final class LoginFailures {

  /**
   * Whoever varies the login runs into the limit of the address long before these are so many that
   * the first of them are forgotten.
   */
  private static final int MOST_PAIRS = 50_000;

  private static final int MOST_ADDRESSES = 50_000;

  /** Whether an attempt may go on. */
  sealed interface Allowance {}

  /** It may, and counts as a failure from now on. */
  record Counted(Bucket pair, Bucket address) implements Allowance {

    /** The password was right, or never looked at. */
    void giveBack() {
      pair.addTokens(1);
      address.addTokens(1);
    }
  }

  /** It may not, before so much time has passed. */
  record OverLimit(Duration retryAfter) implements Allowance {}

  private record Pair(String login, String network) {}

  private final LoginLimits limits;
  private final Cache<Pair, Bucket> pairs;
  private final Cache<String, Bucket> addresses;

  LoginFailures(LoginLimits limits) {
    this.limits = limits;
    pairs = counted(MOST_PAIRS);
    addresses = counted(MOST_ADDRESSES);
  }

  private <K> Cache<K, Bucket> counted(int most) {
    return Caffeine.newBuilder().maximumSize(most).expireAfterWrite(limits.window()).build();
  }

  /**
   * Counts an attempt.
   *
   * @param login whose; the same for every spelling of it, and short
   */
  Allowance count(String login, String address) {
    String network = ClientNetwork.of(address);
    Bucket pair = pairs.get(new Pair(login, network), key -> bucket(limits.failuresOfPair()));
    Bucket all = addresses.get(network, key -> bucket(limits.failuresOfAddress()));
    ConsumptionProbe ofPair = pair.tryConsumeAndReturnRemaining(1);
    if (!ofPair.isConsumed()) {
      return overLimit(ofPair);
    }
    ConsumptionProbe ofAll = all.tryConsumeAndReturnRemaining(1);
    if (!ofAll.isConsumed()) {
      pair.addTokens(1);
      return overLimit(ofAll);
    }
    return new Counted(pair, all);
  }

  /** Whether an address is over its limit, whoever it tries; nothing is counted. */
  Optional<OverLimit> ofAddress(String address) {
    return Optional.ofNullable(addresses.getIfPresent(ClientNetwork.of(address)))
        .map(bucket -> bucket.estimateAbilityToConsume(1))
        .filter(estimate -> !estimate.canBeConsumed())
        .map(estimate -> new OverLimit(Duration.ofNanos(estimate.getNanosToWaitForRefill())));
  }

  private Bucket bucket(int failures) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(failures).refillIntervally(failures, limits.window()))
        .withNanosecondPrecision()
        .build();
  }

  private static OverLimit overLimit(ConsumptionProbe probe) {
    return new OverLimit(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }
}
