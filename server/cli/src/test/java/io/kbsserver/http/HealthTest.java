package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.TestDatabase;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a supervisor and a load balancer are told. */
@Timeout(120)
class HealthTest {

  private static final String LIVE = "/health/live";
  private static final String READY = "/health/ready";

  @Test
  void aServerThatServesIsLiveAndReady() {
    HttpApi anybody = TestServer.fresh().anonymous();
    assertEquals("{\"status\":\"up\"}", ok(anybody, LIVE).body());
    assertEquals(
        "{\"status\":\"up\",\"database\":\"up\",\"migrations\":\"up\",\"disk\":\"up\",\"files\":\"up\"}",
        ok(anybody, READY).body());
    for (String path : new String[] {LIVE, READY}) {
      assertEquals("no-store", ok(anybody, path).header("Cache-Control"));
      assertEquals("", anybody.send("HEAD", path, null, null).assertOk().body());
      assertEquals("", ok(anybody, path).header("X-WP-Total"));
    }
  }

  @Test
  void withoutItsDatabaseItIsLiveAndNotReady() throws Exception {
    String url = TestDatabase.get().createMigratedSchema("http_health");
    try (TcpProxy proxy = TcpProxy.before(url);
        TestServer server = TestServer.through(url, proxy.through(url), Map.of())) {
      HttpApi anybody = server.anonymous();
      proxy.freeze();
      await(() -> anybody.send("GET", READY, null, null).status() == 503);
      assertEquals(
          "{\"status\":\"down\",\"database\":\"down\",\"migrations\":\"up\",\"disk\":\"up\",\"files\":\"up\"}",
          anybody.send("GET", READY, null, null).body());
      ok(anybody, LIVE);
      // Nobody is looked up who happens to send a login along.
      ok(server.login("somebody", "password"), LIVE);
      proxy.restore();
      await(() -> anybody.send("GET", READY, null, null).status() == 200);
    }
  }

  @Test
  void withoutItsTablesItIsNotReady() {
    String url = TestDatabase.get().createMigratedSchema("http_health_tables");
    try (TestServer server = TestServer.on(url, Map.of())) {
      HttpApi anybody = server.anonymous();
      await(() -> anybody.send("GET", READY, null, null).status() == 200);
      server.sql("RENAME TABLE flyway_schema_history TO kept");
      await(() -> anybody.send("GET", READY, null, null).status() == 503);
      assertEquals(
          "{\"status\":\"down\",\"database\":\"up\",\"migrations\":\"down\",\"disk\":\"up\",\"files\":\"up\"}",
          anybody.send("GET", READY, null, null).body());
      server.sql("RENAME TABLE kept TO flyway_schema_history");
      await(() -> anybody.send("GET", READY, null, null).status() == 200);
    }
  }

  @Test
  void withoutRoomOnItsDiskItIsNotReady() {
    String url = TestDatabase.get().createMigratedSchema("http_health_disk");
    try (TestServer server =
        TestServer.on(url, Map.of("kbs.health.least-disk-space", "8000000000GB"))) {
      HttpApi anybody = server.anonymous();
      await(() -> anybody.send("GET", READY, null, null).status() == 503);
      assertEquals(
          "{\"status\":\"down\",\"database\":\"up\",\"migrations\":\"up\",\"disk\":\"down\",\"files\":\"up\"}",
          anybody.send("GET", READY, null, null).body());
    }
  }

  private static Answer ok(HttpApi api, String path) {
    return api.send("GET", path, null, null).assertOk();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "It does not happen");
      Thread.onSpinWait();
    }
  }
}
