package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Three servers on a cluster of three nodes, each server on a node of its own, and a fourth one
 * that may go to any of them, are written to all at once, while one node after the other is killed
 * and comes back. What one has acknowledged is changed through the next one at once. Nothing that
 * was acknowledged is lost, numbers are unique on all nodes, and what the nodes disagree about is
 * tried again.
 */
class GaleraDrill {

  private static final int NODES = 3;

  /** So many tickets have to be made without the node that was killed. */
  private static final int WRITES = 50;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void nothingIsLostWhenANodeDies() throws Exception {
    assumeTrue(GaleraNode.arePossible(), "needs mariadb-server, galera-4 and rsync of Debian");
    int rounds = Integer.getInteger("drill.rounds", 2 * NODES);
    Path folder = Files.createTempDirectory("galera-drill");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<GaleraNode> nodes = new ArrayList<>();
    List<DrillServer> servers = new ArrayList<>();
    try {
      for (int i = 0; i < NODES; i++) {
        nodes.add(new GaleraNode(folder, "node" + i));
      }
      for (GaleraNode node : nodes) {
        node.start(nodes, node == nodes.get(0));
      }
      for (GaleraNode node : nodes) {
        servers.add(DrillServer.start(environment(node.url())));
      }
      DrillServer mobile = DrillServer.start(environment(GaleraNode.url(nodes)));
      servers.add(mobile);
      TicketWriters writers = TicketWriters.withNewLogin(environment(GaleraNode.url(nodes)));
      for (int i = 0; i < servers.size(); i++) {
        writers.start(servers.get(i).port(), servers.get((i + 1) % servers.size()).port());
      }
      long conflicts = 0;
      for (int round = 0; round < rounds; round++) {
        GaleraNode node = nodes.get(round % NODES);
        TimeUnit.SECONDS.sleep(3);
        conflicts += conflicts(node);
        node.kill();
        awaitWrites(writers);
        node.start(nodes, false);
      }
      TimeUnit.SECONDS.sleep(3);
      writers.stop();
      for (GaleraNode node : nodes) {
        conflicts += conflicts(node);
      }
      for (DrillServer server : servers) {
        writers.check(server);
      }
      System.out.printf(
          "%d nodes killed, %d tickets acknowledged, each there once on every node; answers %s; the"
              + " nodes disagreed %d times; acknowledged nothing for %.1f s at most (one node), %.1f"
              + " s (all nodes)%n",
          rounds,
          writers.made(),
          writers.answers(),
          conflicts,
          writers.longestPause(servers.get(1).port()).toMillis() / 1000.0,
          writers.longestPause(mobile.port()).toMillis() / 1000.0);
    } catch (AssertionError e) {
      nodes.forEach(node -> System.out.println(node.report()));
      servers.forEach(server -> System.out.println(server.process().errors()));
      throw e;
    } finally {
      servers.forEach(DrillServer::close);
      for (GaleraNode node : nodes) {
        node.close();
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** The others wait some seconds for a node that does not answer, and go on without it. */
  private static void awaitWrites(TicketWriters writers) throws InterruptedException {
    int enough = writers.made() + WRITES;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (writers.made() < enough) {
      assertTrue(System.nanoTime() < deadline, "The others do not go on");
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static long conflicts(GaleraNode node) throws Exception {
    return node.status("wsrep_local_cert_failures") + node.status("wsrep_local_bf_aborts");
  }

  private static Map<String, String> environment(String url) {
    return Map.of(
        "KBS_DATABASE_URL", url,
        "KBS_DATABASE_USER", GaleraNode.USER,
        "KBS_DATABASE_PASSWORD", GaleraNode.USER);
  }
}
