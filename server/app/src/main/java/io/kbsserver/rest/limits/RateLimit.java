package io.kbsserver.rest.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.kbsserver.rest.errors.RestException;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** A rate that each of many has for itself. */
final class RateLimit {

  /** Whoever was not seen for the longest time begins anew. */
  private static final int MOST = 50_000;

  private final String name;
  private final Rate rate;
  private final Cache<String, Bucket> buckets;
  private final LongAdder refused = new LongAdder();

  /**
   * A limit of which nothing is used yet.
   *
   * @param name what clients know it by
   */
  RateLimit(String name, Rate rate) {
    this.name = name;
    this.rate = rate;
    // After that time nothing is used any more.
    buckets = Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(rate.window()).build();
  }

  /**
   * Counts a request; one that is over the limit is refused.
   *
   * @param who the one that sends it
   */
  void count(HttpRequest<?> request, String who) {
    ConsumptionProbe probe = buckets.get(who, key -> bucket()).tryConsumeAndReturnRemaining(1);
    new RateUse(
            name,
            rate,
            probe.getRemainingTokens(),
            Duration.ofNanos(probe.getNanosToWaitForReset()))
        .keepIn(request);
    if (!probe.isConsumed()) {
      refused.increment();
      throw RestException.tooManyRequests(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  void bindTo(MeterRegistry registry) {
    FunctionCounter.builder("kbs.rate.limit.refused", refused, LongAdder::sum)
        .description("Requests over a rate")
        .tag("limit", name)
        .register(registry);
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(
            limit -> limit.capacity(rate.requests()).refillGreedy(rate.requests(), rate.window()))
        .withNanosecondPrecision()
        .build();
  }
}
