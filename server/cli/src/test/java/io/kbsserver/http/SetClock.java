package io.kbsserver.http;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** The clock of a server that is started with {@link #NOW}: it stands still. */
@Factory
final class SetClock {

  /** A moment in UTC: {@code 2026-01-02T03:04:05Z}. */
  static final String NOW = "kbs.test.now";

  @Singleton
  @Replaces(Clock.class)
  @Requires(property = NOW)
  Clock clock(@Property(name = NOW) String now) {
    return Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
  }
}
