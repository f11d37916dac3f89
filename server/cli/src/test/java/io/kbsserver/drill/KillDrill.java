package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.TestFolders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Kills the server, its database, or both, again and again, while tickets are made and changed.
 * What was acknowledged is there afterwards, once; numbers are unique; the server comes back.
 *
 * <p>{@code -Ddrill.rounds=100} says how often, {@code -Ddrill.seed} with which pauses.
 */
class KillDrill {

  private static final int WRITERS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private enum Victim {
    SERVER,
    DATABASE,
    BOTH
  }

  @Test
  @Timeout(value = 45, unit = TimeUnit.MINUTES)
  void whatWasAcknowledgedIsThereOnce() throws Exception {
    int rounds = Integer.getInteger("drill.rounds", 100);
    Random random = new Random(Long.getLong("drill.seed", 1));
    Map<String, String> environment =
        Map.of("KBS_DATA_DIR", TestFolders.dataFolder("kill-drill").toString());
    List<Long> recoveries = new ArrayList<>();
    DrillServer server = DrillServer.start(environment);
    try {
      TicketWriters writers = TicketWriters.withNewLogin(environment);
      for (int i = 0; i < WRITERS; i++) {
        writers.start(server.port());
      }
      for (int round = 0; round < rounds; round++) {
        Victim victim = Victim.values()[round % Victim.values().length];
        TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(1500));
        long killed = System.nanoTime();
        List<ProcessHandle> databases = server.databases();
        assertFalse(databases.isEmpty(), "The server has no database of its own");
        if (victim != Victim.DATABASE) {
          server.kill();
        }
        if (victim != Victim.SERVER) {
          databases.forEach(ProcessHandle::destroyForcibly);
        }
        if (victim != Victim.DATABASE) {
          server = server.again();
        }
        awaitWrite(writers, server.process());
        recoveries.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed));
      }
      writers.stop();
      writers.check(server);
      report(writers, recoveries);
    } finally {
      server.close();
    }
  }

  private static void awaitWrite(TicketWriters writers, ChildProcess server)
      throws InterruptedException {
    int before = writers.made();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (writers.made() == before) {
      assertTrue(server.isAlive(), () -> "The server has ended: " + server.errors());
      assertTrue(System.nanoTime() < deadline, () -> "It does not come back: " + server.errors());
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static void report(TicketWriters writers, List<Long> recoveries) {
    List<Long> sorted = recoveries.stream().sorted().toList();
    System.out.printf(
        "%d rounds, %d tickets acknowledged, each there once; answers %s; from the kill to the next"
            + " acknowledged ticket: median %d ms, most %d ms%n",
        sorted.size(),
        writers.made(),
        writers.answers(),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() - 1));
  }
}
