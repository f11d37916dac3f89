package io.kbsserver.http;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of a server that is started with {@link #NOW}: it stands still until it is moved. */
@Factory
final class SetClock {

  /** A moment in UTC: {@code 2026-01-02T03:04:05Z}. */
  static final String NOW = "kbs.test.now";

  @Singleton
  @Replaces(Clock.class)
  @Requires(property = NOW)
  Movable clock(@Property(name = NOW) String now) {
    return new Movable(Instant.parse(now));
  }

  /** A clock that shows what it is told. */
  static final class Movable extends Clock {

    private volatile Instant now;

    private Movable(Instant now) {
      this.now = now;
    }

    void move(Instant to) {
      now = to;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.fixed(now, zone);
    }
  }
}
