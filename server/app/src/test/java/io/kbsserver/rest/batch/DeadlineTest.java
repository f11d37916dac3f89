package io.kbsserver.rest.batch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void afterItNothingIsBegun() {
    Iterator<Long> seconds = List.of(0L, 0L, 30L, 31L).iterator();
    InstantSource times = () -> NOW.plusSeconds(seconds.next());
    Clock clock = times.withZone(ZoneOffset.UTC);
    Deadline deadline = new Deadline(clock, Duration.ofSeconds(30));
    assertFalse(deadline.isOver());
    assertFalse(deadline.isOver());
    assertTrue(deadline.isOver());
  }
}
