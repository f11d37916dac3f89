package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.files.FileStore;
import io.kbsserver.files.FileStores;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.OpenFiles;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.testing.TestFolders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files in multipart forms: for who has logged in they are on disk from their first byte until the
 * answer, for everybody else they are read past.
 */
class UploadTest {

  private static final String TYPE = "multipart/form-data; boundary=B";
  private static final String IGNORED = "Kbs-Ignored-Parameters";
  private static final String TOO_LARGE = "rest_content_too_large";
  private static final int FILE_SIZE = 1024 * 1024;
  private static final int REQUEST_SIZE = 2 * FILE_SIZE;

  @TempDir static Path folder;

  private static String schema;
  private static TestServer server;
  private static User manager;
  private static HttpApi strict;
  private static HttpApi lenient;
  private static long id;

  @BeforeAll
  static void makeTheSite() {
    schema = TestDatabase.get().createMigratedSchema("http_uploads");
    server = server(folder);
    manager = server.user("support_manager");
    strict = manager.api();
    lenient = strict.preferring("lenient");
    id = strict.post("", ticket("uploads@example.org")).assertOk().id();
  }

  private static TestServer server(Path uploads) {
    return TestServer.on(
        schema,
        Map.of(
            "micronaut.server.max-request-size",
            REQUEST_SIZE,
            "kbs.uploads.file-size",
            FILE_SIZE,
            "kbs.uploads.files",
            3,
            "kbs.uploads.folder",
            uploads.toString()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String file(String name, String content) {
    return file(name, "a.bin", content);
  }

  private static String file(String name, String fileName, String content) {
    return "--B\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
            .formatted(name, fileName)
        + "Content-Type: application/octet-stream\r\n\r\n"
        + content
        + "\r\n";
  }

  private static String field(String name, String value) {
    return "--B\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(name, value);
  }

  private static String form(String... parts) {
    return String.join("", parts) + "--B--\r\n";
  }

  private static Answer update(HttpApi api, String... parts) {
    return api.post("/" + id, TYPE, form(parts));
  }

  private static String bytes(int count) {
    return "x".repeat(count);
  }

  private static String status() {
    return strict.get("/" + id).text("status");
  }

  private static void assertTooLarge(String parameter, Answer answer) {
    answer.assertError(413, TOO_LARGE);
    assertEquals(1, answer.json().at("/data/params").size(), answer::toString);
    assertTrue(answer.json().at("/data/params").path(parameter).isTextual(), answer::toString);
  }

  // What is done with files

  @Test
  void aFileThatNobodyTakesIsNamedOrRefusedAndAllParametersCount() {
    Answer changed =
        update(lenient, file("scan", bytes(200_000)), field("status", "hold"), file("log[]", "x"));
    assertEquals("hold", changed.assertOk().text("status"));
    assertEquals("scan, log", changed.header(IGNORED));
    update(strict, field("status", "closed"), file("scan", bytes(200_000))).assertNames("scan");
    assertEquals("hold", status());
    OpenFiles.assertNone(folder);
  }

  @Test
  void whoHasNotLoggedInHearsOfParametersFirst() {
    HttpApi anonymous = server.anonymous();
    HttpApi wrong = server.login(manager.login(), "wrong");
    for (HttpApi api : List.of(anonymous, wrong)) {
      update(api, file("scan", "x"), field("titel", "x")).assertNames("titel", "scan");
      update(api.preferring("lenient"), file("scan", "x"))
          .assertError(401, "rest_forbidden_context");
      update(api.with("X-WP-Nonce", "x").preferring("lenient"), file("scan", "x"))
          .assertError(403, "rest_cookie_invalid_nonce");
    }
  }

  @Test
  void aBodyForNoRouteIsNotRead() {
    strict
        .send("POST", "/wp-json/kbs/v1/nothing", TYPE, "no form")
        .assertError(404, "rest_no_route");
  }

  // Limits, to the last item

  @Test
  void aFileHasAtMostSoManyBytes() {
    update(lenient, file("scan", bytes(FILE_SIZE))).assertOk();
    String large = file("scan[]", bytes(FILE_SIZE + 1));
    for (HttpApi api : List.of(lenient, strict)) {
      assertTooLarge("scan", update(api, field("status", "closed"), file("a", "x"), large));
    }
    assertTrue(!status().equals("closed"));
    OpenFiles.assertNone(folder);
  }

  @Test
  void aFileThatIsTooLargeLeavesNothing() throws IOException {
    long before = server.number("SELECT COUNT(*) FROM post");
    Set<String> contents = store().all();
    Answer refused =
        strict.post(
            "",
            MultipartBody.TYPE,
            ticketForm(
                new SentFile("a", "a.txt", "Small"),
                new SentFile("b", "b.txt", bytes(FILE_SIZE + 1))));
    assertTooLarge("b", refused);
    assertEquals(before, server.number("SELECT COUNT(*) FROM post"));
    assertEquals(contents, store().all());
    OpenFiles.assertNone(folder);
  }

  @Test
  void whereTheStoreTakesNoFileThereIsNoTicketEither() throws IOException {
    String content = "Nobody else sends this";
    Path taken = place(content).getParent();
    Files.createFile(taken);
    long before = server.number("SELECT COUNT(*) FROM post");
    try {
      Answer refused =
          strict.post("", MultipartBody.TYPE, ticketForm(new SentFile("a", "a.txt", content)));
      refused.assertError(503, "service_unavailable");
      assertTrue(refused.header("Retry-After").matches("[2-6]"), refused::toString);
    } finally {
      Files.delete(taken);
    }
    assertEquals(before, server.number("SELECT COUNT(*) FROM post"));
    assertFalse(Files.exists(place(content)));
    strict.post("", MultipartBody.TYPE, ticketForm(new SentFile("a", "a.txt", content))).assertOk();
    assertTrue(Files.exists(place(content)));
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FileStore store() {
    return server.bean(FileStores.class).get();
  }

  /** Where a content is kept. */
  private static Path place(String content) {
    String sha256 = sha256(content);
    return TestFolders.files()
        .resolve(server.values("SELECT id FROM file_store").get(0))
        .resolve(sha256.substring(0, 2))
        .resolve(sha256);
  }

  private static String ticketForm(SentFile... files) {
    return new MultipartBody()
        .field("customer_first", "Nina")
        .field("customer_last", "Newman")
        .field("customer_email", "uploads@example.org")
        .field("ticket_title", "Fire")
        .field("ticket_content", "It burns.")
        .files(files)
        .toString();
  }

  @Test
  void aRequestHasAtMostSoManyFiles() {
    String none = file("f", "", "");
    String three = file("a", "x") + file("a", "") + file("a", "", "x");
    update(lenient, none, three, none, none).assertOk();
    assertTooLarge("b", update(lenient, three, file("b[1]", "")));
    assertTooLarge("b", update(strict, three, file("b", "", "x")));
    OpenFiles.assertNone(folder);
  }

  @Test
  void aRequestHasAtMostSoManyBytes() throws IOException {
    int head = form(file("a", ""), file("b", "")).length();
    String rest = bytes(REQUEST_SIZE - head - FILE_SIZE);
    update(lenient, file("a", bytes(FILE_SIZE)), file("b", rest)).assertOk();
    update(lenient, file("a", bytes(FILE_SIZE)), file("b", rest + "x")).assertError(413, TOO_LARGE);
    String part = file("a", bytes(FILE_SIZE));
    String chunk = "%x\r\n%s\r\n".formatted(part.length(), part);
    Answer chunked =
        new RawHttp(server.port())
            .send(head("Transfer-Encoding: chunked") + chunk + chunk + chunk + "0\r\n\r\n");
    chunked.assertError(413, TOO_LARGE);
    OpenFiles.assertNone(folder);
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItIsSent() {
    for (String type : List.of(TYPE, HttpApi.JSON)) {
      String large = head("Content-Type: " + type + "\r\nContent-Length: 99999999");
      String refused = large.replace("\r\nHost", "\r\nExpect: 100-continue\r\nHost");
      new RawHttp(server.port()).send(refused).assertError(413, TOO_LARGE);
    }
    // A stranger would not be let in with less either.
    String large = head("Content-Length: 99999999").replace("Authorization", "X-Unused");
    new RawHttp(server.port()).send(large).assertError(401, "rest_forbidden_context");
    String chunk = "%x\r\n%s\r\n".formatted(REQUEST_SIZE + 1, bytes(REQUEST_SIZE + 1));
    String chunked = head("Transfer-Encoding: chunked").replace("Authorization", "X-Unused");
    new RawHttp(server.port()).send(chunked + chunk).assertError(401, "rest_forbidden_context");
  }

  // Where files are

  @Test
  void aFileIsOnDiskWhileItArrivesAndGoneWhenTheConnectionIs() throws IOException {
    String begun = file("scan", bytes(FILE_SIZE / 2));
    String head = head("Content-Length: " + (begun.length() + 1));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write((head + begun).getBytes(StandardCharsets.ISO_8859_1));
      OpenFiles.await(folder, 1);
    }
    OpenFiles.await(folder, 0);
    OpenFiles.assertNone(folder);
  }

  @Test
  void aFileIsGoneAfterAFailure() {
    server.sql("RENAME TABLE ticket TO away");
    try {
      update(lenient, file("scan", bytes(FILE_SIZE))).assertError(500, "internal_server_error");
    } finally {
      server.sql("RENAME TABLE away TO ticket");
    }
    OpenFiles.assertNone(folder);
  }

  @Test
  void whereNoFileCanBeKeptOneIsRefusedForNow() {
    try (TestServer full = server(folder.resolve("missing"))) {
      HttpApi api = full.login(manager.login(), manager.password()).preferring("lenient");
      Answer refused = update(api, field("status", "closed"), file("scan", "x"));
      refused.assertError(503, "service_unavailable");
      assertTrue(refused.header("Retry-After").matches("[2-6]"), refused::toString);
      update(api, field("status", "open")).assertOk();
      // What a stranger sends is not kept anyway.
      for (HttpApi stranger : List.of(full.anonymous(), full.login(manager.login(), "wrong"))) {
        update(stranger.preferring("lenient"), file("scan", "x"))
            .assertError(401, "rest_forbidden_context");
      }
    }
  }

  private static String head(String headers) {
    return "POST "
        + TICKETS
        + "/"
        + id
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
        + HttpApi.basic(manager.login(), manager.password())
        + "\r\nPrefer: handling=lenient\r\nContent-Type: "
        + TYPE
        + "\r\n"
        + headers
        + "\r\n\r\n";
  }
}
