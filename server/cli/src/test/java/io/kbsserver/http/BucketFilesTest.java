package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.testing.TestObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A server whose files are in an S3-compatible store, and what it does without it. */
@Timeout(180)
@TestMethodOrder(OrderAnnotation.class)
class BucketFilesTest {

  private static final String BODY = "kbs_files[]";

  private static String bucket;
  private static TcpProxy proxy;
  private static TestServer server;
  private static User manager;

  @BeforeAll
  static void start() throws IOException {
    bucket = TestObjectStore.get().createBucket();
    proxy = TcpProxy.before(TestObjectStore.get().port());
    server =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_bucket"),
            TestObjectStore.properties(bucket, proxy.port()));
    manager = server.user("support_manager");
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    proxy.close();
  }

  private static Answer open(String email, SentFile... files) {
    return manager
        .api()
        .post(
            "",
            MultipartBody.TYPE,
            new MultipartBody()
                .field("customer_first", "Nina")
                .field("customer_last", "Newman")
                .field("customer_email", email)
                .field("ticket_title", "Fire")
                .field("ticket_content", "It burns.")
                .files(files)
                .toString());
  }

  private static String path(Answer opened) {
    JsonNode file = opened.json().at("/ticket_data/files/0");
    return file.get("url").asText().substring(server.address().length());
  }

  private static Answer get(HttpApi api, String path) {
    return api.send("GET", path, null, null);
  }

  private static List<String> contents() {
    return TestObjectStore.get().keys(bucket).stream()
        .filter(key -> !key.endsWith("/database") && !key.endsWith("/store"))
        .toList();
  }

  private static long posts() {
    return server.number("SELECT COUNT(*) FROM post");
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "It does not happen");
      Thread.onSpinWait();
    }
  }

  @Test
  @Order(1)
  void aFileGoesInAndOutWholeAndInParts() {
    String text = "It burns. ".repeat(1_000);
    Answer opened = open("bucket@example.org", new SentFile(BODY, "fire.txt", text)).assertOk();
    String path = path(opened);
    Answer whole = get(manager.api(), path).assertOk();
    assertEquals(text, whole.body());
    assertEquals("text/plain", whole.header("Content-Type").replaceFirst(";.*", ""));
    Answer part = get(manager.api().with("Range", "bytes=3-8"), path);
    assertEquals(206, part.status());
    assertEquals("burns.", part.body());
    Answer head = manager.api().send("HEAD", path, null, null).assertOk();
    assertEquals("10000", head.header("Content-Length"));
    get(server.user("support_customer").api(), path).assertError(403, "rest_forbidden");
    List<String> kept = contents();
    assertEquals(1, kept.size(), kept::toString);
    assertTrue(
        kept.get(0).matches("help/desk/[0-9a-f-]{36}/[0-9a-f]{2}/[0-9a-f]{64}"), kept::toString);
  }

  @Test
  @Order(2)
  void aWriteThatFailsLeavesNeitherRowNorObject() {
    long before = posts();
    List<String> kept = contents();
    open("bucket@example.org", new SentFile(BODY, "run.exe", "MZ"))
        .assertError(415, "rest_unsupported_media_type");
    open("no address", new SentFile(BODY, "a.txt", "Not kept")).assertNames("customer_email");
    server.sql("RENAME TABLE attachment TO away");
    try {
      open("bucket@example.org", new SentFile(BODY, "a.txt", "Not kept"))
          .assertError(500, "internal_server_error");
    } finally {
      server.sql("RENAME TABLE away TO attachment");
    }
    assertEquals(before, posts());
    assertEquals(kept, contents());
  }

  @Test
  @Order(3)
  void whileTheStoreIsAwayOnlyFilesAreRefused() {
    SentFile sent = new SentFile(BODY, "later.txt", "Later");
    String path = path(open("bucket@example.org", sent).assertOk());
    long before = posts();
    proxy.freeze();
    try {
      Answer refused = get(manager.api(), path).assertError(503, "service_unavailable");
      assertTrue(refused.header("Retry-After").matches("[2-6]"), refused::toString);
      await(() -> get(server.anonymous(), "/health/ready").body().contains("\"files\":\"down\""));
      Answer ready = get(server.anonymous(), "/health/ready").assertOk();
      assertTrue(ready.body().contains("\"status\":\"up\""), ready::toString);
      refused = open("bucket@example.org", sent).assertError(503, "service_unavailable");
      assertTrue(refused.header("Retry-After").matches("[2-6]"), refused::toString);
      assertEquals(before, posts());
      manager.api().get("").assertOk();
      open("bucket@example.org").assertOk();
    } finally {
      proxy.restore();
    }
    await(() -> get(server.anonymous(), "/health/ready").body().contains("\"files\":\"up\""));
    assertEquals("Later", get(manager.api(), path).assertOk().body());
    open("bucket@example.org", sent).assertOk();
  }

  @Test
  @Order(4)
  void aFileWhoseBytesAreGoneIsMissing() {
    Answer opened = open("bucket@example.org", new SentFile(BODY, "gone.txt", "Gone")).assertOk();
    String sha256 = server.values("SELECT sha256 FROM attachment ORDER BY id DESC LIMIT 1").get(0);
    String key = contents().stream().filter(name -> name.endsWith(sha256)).findAny().orElseThrow();
    TestObjectStore.get().delete(bucket, key);
    get(manager.api(), path(opened)).assertError(404, "rest_file_missing");
    assertFalse(contents().contains(key));
  }
}
