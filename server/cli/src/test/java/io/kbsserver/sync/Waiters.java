package io.kbsserver.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Those who wait for a change. */
public final class Waiters {

  private Waiters() {}

  /** Until a request of this user waits. */
  public static void await(TestServer server, long user) {
    ChangeWatch watch = server.bean(ChangeWatch.class);
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (watch.waitingOf(user) == 0) {
      assertTrue(System.nanoTime() < deadline, "No request of user " + user + " waits");
      Thread.onSpinWait();
    }
  }

  /** Who begins to wait for a change when they are asked, and is told whether there was one. */
  public static Supplier<Boolean> late(TestServer server) {
    ChangeWatch watch = server.bean(ChangeWatch.class);
    return () -> watch.isBehind(1, 1, Duration.ofMinutes(10)).block();
  }
}
