package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of tickets: who gets them, whole or in part, and what browsers are told of them. */
class FilesTest {

  private static final String TEXT = "The printer is on fire.\n";

  private static TestServer server;
  private static User manager;
  private static User customer;
  private static long ticket;
  private static long file;

  @BeforeAll
  static void makeATicketWithAFile() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    customer = server.user("support_customer");
    server.customer(customer.email(), customer.id(), null);
    ticket = manager.api().post("", ticket(customer.email())).assertOk().id();
    file = server.file(ticket, null, "notes.txt", TEXT.getBytes(StandardCharsets.UTF_8));
  }

  private static String path(long of, long id) {
    return "/" + of + "/files/" + id;
  }

  private static Answer get(User user, long id) {
    return user.api().get(path(ticket, id));
  }

  @Test
  void aFileIsDownloadedFromTheAddressInItsTicket() {
    String url = customer.api().get("/" + ticket).assertOk().text("ticket_data.files.0.url");
    assertEquals(server.address() + HttpApi.TICKETS + path(ticket, file), url);
    assertEquals(url, customer.api().get("/" + ticket).text("ticket_data.attachments.0.url"));
    Answer answer = get(customer, file);
    assertEquals(200, answer.status(), answer::toString);
    assertEquals(TEXT, answer.body());
    assertEquals("text/plain", answer.header("Content-Type"));
    assertEquals("24", answer.header("Content-Length"));
    assertEquals("attachment; filename=\"notes.txt\"", answer.header("Content-Disposition"));
    assertEquals(
        "\"" + sha256(TEXT.getBytes(StandardCharsets.UTF_8)) + "\"", answer.header("ETag"));
    assertEquals("bytes", answer.header("Accept-Ranges"));
    assertEquals("private, no-cache", answer.header("Cache-Control"));
    assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    assertTrue(answer.header("Content-Security-Policy").startsWith("sandbox; "));
    assertEquals("", answer.header("Content-Encoding"));
  }

  @Test
  void theFileOfAReplyIsDownloadedAsThoseOfItsTicket() {
    server.sql("INSERT INTO post (type) VALUES ('kbs_ticket_reply')");
    long reply = server.number("SELECT MAX(id) FROM post WHERE type = 'kbs_ticket_reply'");
    server.sql(
        "INSERT INTO reply (id, ticket_id, status, date_local, date_gmt, modified_local,"
            + " modified_gmt, content_raw, content_rendered) SELECT ?, id, 'publish', date_local,"
            + " date_gmt, date_local, date_gmt, '', '' FROM ticket WHERE id = ?",
        reply,
        ticket);
    long ofReply =
        server.file(ticket, reply, "r.txt", "Of a reply.".getBytes(StandardCharsets.UTF_8));
    assertEquals("Of a reply.", get(customer, ofReply).body());
    for (String unpublished : List.of("draft", "trash", "private")) {
      server.sql("UPDATE reply SET status = ? WHERE id = ?", unpublished, reply);
      get(customer, ofReply).assertError(404, "rest_file_invalid_id");
      assertEquals("Of a reply.", get(manager, ofReply).body(), unpublished);
    }
    server.sql("UPDATE reply SET status = '.deleted' WHERE id = ?", reply);
    get(manager, ofReply).assertError(404, "rest_file_invalid_id");
  }

  @Test
  void aFileWhoseBytesWereNeverCopiedStaysListed() {
    long missing = server.file(ticket, null, "old.pdf", null);
    Answer listed = customer.api().get("/" + ticket).assertOk();
    assertTrue(listed.body().contains(path(ticket, missing)), listed::toString);
    get(customer, missing).assertError(404, "rest_file_missing");
  }

  @Test
  void aFileIsNotServedWithoutALogin() {
    // CVE-2024-13604
    server.anonymous().get(path(ticket, file)).assertError(401, "rest_forbidden_context");
    server
        .login(customer.login(), "wrong")
        .get(path(ticket, file))
        .assertError(401, "rest_forbidden_context");
  }

  @Test
  void aFileIsNotServedToAnotherCustomer() {
    User other = server.user("support_customer");
    server.customer(other.email(), other.id(), null);
    get(other, file).assertError(403, "rest_forbidden");
    get(server.user("subscriber"), file).assertError(403, "rest_forbidden");
  }

  @Test
  void aFileIsNotServedThroughATicketThatItDoesNotBelongTo() {
    User other = server.user("support_customer");
    server.customer(other.email(), other.id(), null);
    long own = manager.api().post("", ticket(other.email())).assertOk().id();
    other.api().get(path(own, file)).assertError(404, "rest_file_invalid_id");
    manager.api().get(path(own, file)).assertError(404, "rest_file_invalid_id");
  }

  @Test
  void thereIsNothingButFilesBehindTheirAddresses() {
    manager.api().get(path(99_999_999, file)).assertError(404, "rest_post_invalid_id");
    manager.api().get(path(ticket, 99_999_999)).assertError(404, "rest_file_invalid_id");
    for (String no : List.of("../notes.txt", "..%2F..%2Fetc%2Fpasswd", "notes.txt", "-1", "1.0")) {
      Answer answer = manager.api().get("/" + ticket + "/files/" + no);
      answer.assertError(404, "rest_no_route");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-8    | The print       | bytes 0-8/24",
        "bytes=4-4    | p               | bytes 4-4/24",
        "BYTES=20-    | re.             | bytes 20-23/24",
        "bytes=20-999 | re.             | bytes 20-23/24",
        "bytes=-5     | ire.            | bytes 19-23/24",
        "bytes=20-99999999999999999999 | re. | bytes 20-23/24",
      })
  void aPartIsSent(String range, String part, String which) {
    Answer answer = customer.api().with("Range", range).get(path(ticket, file));
    assertEquals(206, answer.status(), answer::toString);
    assertEquals(part, answer.body().strip());
    assertEquals(which, answer.header("Content-Range"));
    assertEquals(String.valueOf(answer.body().length()), answer.header("Content-Length"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-1,3-4",
        "bytes=5-2",
        "bytes=",
        "bytes=-",
        "lines=0-1",
        "bytes=a-b",
        "bytes 0-1"
      })
  void whatIsNoSingleRangeGetsAll(String range) {
    Answer answer = customer.api().with("Range", range).get(path(ticket, file));
    assertEquals(200, answer.status(), answer::toString);
    assertEquals(TEXT, answer.body());
    assertEquals("", answer.header("Content-Range"));
  }

  @Test
  void aRangeBehindTheEndIsRefused() {
    for (String range : List.of("bytes=24-", "bytes=999-1000", "bytes=-0")) {
      Answer answer = customer.api().with("Range", range).get(path(ticket, file));
      answer.assertError(416, "rest_range_not_satisfiable");
      assertEquals("bytes */24", answer.header("Content-Range"));
    }
    long empty = server.file(ticket, null, "empty.txt", new byte[0]);
    assertEquals("0", get(customer, empty).header("Content-Length"));
    assertEquals(200, customer.api().with("Range", "bytes=-5").get(path(ticket, empty)).status());
    customer
        .api()
        .with("Range", "bytes=0-")
        .get(path(ticket, empty))
        .assertError(416, "rest_range_not_satisfiable");
  }

  @Test
  void aDownloadIsContinuedOnlyOfTheSameContent() {
    String tag = get(customer, file).header("ETag");
    HttpApi part = customer.api().with("Range", "bytes=4-10");
    assertEquals("printer", part.with("If-Range", tag).get(path(ticket, file)).body());
    assertEquals(TEXT, part.with("If-Range", "\"another\"").get(path(ticket, file)).body());
    assertEquals(TEXT, part.with("If-Range", "W/" + tag).get(path(ticket, file)).body());
    assertEquals(
        TEXT,
        part.with("If-Range", "Thu, 26 Nov 2026 04:00:00 GMT").get(path(ticket, file)).body());
  }

  @Test
  void whatTheClientHasIsNotSentAgain() {
    String tag = get(customer, file).header("ETag");
    for (String known : List.of(tag, "\"a\", W/" + tag, "*")) {
      Answer answer = customer.api().with("If-None-Match", known).get(path(ticket, file));
      assertEquals(304, answer.status(), known);
      assertEquals("", answer.body());
      assertEquals(tag, answer.header("ETag"));
      assertEquals("private, no-cache", answer.header("Cache-Control"));
    }
    assertEquals(
        TEXT, customer.api().with("If-None-Match", "\"a\"").get(path(ticket, file)).body());
    // Who may not see it any more learns nothing by knowing it.
    server
        .user("subscriber")
        .api()
        .with("If-None-Match", tag)
        .get(path(ticket, file))
        .assertError(403, "rest_forbidden");
  }

  @Test
  void headTellsTheSizeAndReadsNothing() {
    Answer answer = customer.api().send("HEAD", HttpApi.TICKETS + path(ticket, file), null, null);
    assertEquals(200, answer.status());
    assertEquals("24", answer.header("Content-Length"));
    assertEquals("", answer.body());
    assertEquals(
        200,
        customer
            .api()
            .with("Range", "bytes=0-1")
            .send("HEAD", HttpApi.TICKETS + path(ticket, file), null, null)
            .status());
  }

  @Test
  void bytesAreNoJsonToBeTrimmedOrWrapped() {
    assertEquals(
        TEXT, customer.api().get(path(ticket, file) + "?_envelope&_fields=id&_embed").body());
    Answer wrapped = server.anonymous().get(path(ticket, file) + "?_envelope");
    assertEquals(200, wrapped.status());
    assertEquals(401, wrapped.json().get("status").asInt());
  }

  @Test
  void whatNobodyKnowsIsTold() {
    HttpApi api = customer.api();
    api.get(path(ticket, file) + "?colour=red").assertNames("colour");
    for (String range : List.of("all of it", "bytes=0-3")) {
      Answer lenient =
          api.preferring("lenient").with("Range", range).get(path(ticket, file) + "?colour=red");
      assertEquals("colour", lenient.header("Kbs-Ignored-Parameters"));
    }
    String described = HttpApi.TICKETS + path(ticket, file);
    Answer route = api.send("OPTIONS", described, null, null).assertOk();
    assertEquals("GET", route.header("Allow"));
    assertEquals("[\"GET\"]", route.json().get("methods").toString());
    assertEquals("", server.anonymous().send("OPTIONS", described, null, null).header("Allow"));
    api.preferring("lenient").send("OPTIONS", described + "?colour=red", null, null).assertOk();
    server
        .anonymous()
        .with("X-WP-Nonce", "a1b2c3d4e5")
        .send("OPTIONS", described, null, null)
        .assertError(403, "rest_cookie_invalid_nonce");
    server.set("disable_tickets", "1");
    api.get(path(ticket, file)).assertError(404, "rest_no_route");
    server.resetSettings();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "page.html    | <html><script>alert(1)</script></html>  | application/octet-stream",
        "page.txt     | <html><script>alert(1)</script></html>  | application/octet-stream",
        "picture.png  | <!DOCTYPE html><script>alert(1)</script>| application/octet-stream",
        "drawing.svg  | <svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/> | application/octet-stream",
        "drawing.jpg  | <?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/> | application/octet-stream",
        "data.xml     | <?xml version=\"1.0\"?><a/>                | application/octet-stream",
        "run.js       | alert(1)                                | application/octet-stream",
        "style.css    | a {color: red}                          | application/octet-stream",
        "table.csv    | a,b                                     | text/csv",
        "notes        | Nothing but text                        | text/plain",
        "doc.pdf      | %PDF-1.4                                | application/pdf",
      })
  void whatABrowserWouldRunIsOnlySaved(String name, String content, String type) {
    long id = server.file(ticket, null, name, content.getBytes(StandardCharsets.UTF_8));
    Answer answer = get(customer, id);
    assertEquals(type, answer.header("Content-Type"), answer::toString);
    assertTrue(answer.header("Content-Disposition").startsWith("attachment;"));
    assertFalse(answer.header("Content-Security-Policy").contains("allow-"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Rechnung für Ölöfen.pdf | filename=\"Rechnung f_r _l_fen.pdf\"; filename*=UTF-8''Rechnung%20f%C3%BCr%20%C3%96l%C3%B6fen.pdf",
        "a\"b\\c/d.txt            | filename=\"a_b_c_d.txt\"",
        "50% off.txt              | filename=\"50_ off.txt\"; filename*=UTF-8''50%25%20off.txt",
      })
  void aNameArrivesAsItIs(String name, String told) {
    long id = server.file(ticket, null, name, new byte[] {1});
    assertEquals("attachment; " + told, get(customer, id).header("Content-Disposition"));
  }

  @Test
  void theNameOfAFileFromWordPressHasItsEnding() {
    long id = server.file(ticket, null, "Rechnung", new byte[] {1});
    server.sql("UPDATE attachment SET file = 'kbs/2026/11/rechnung-1.pdf' WHERE id = ?", id);
    assertEquals(
        "attachment; filename=\"Rechnung.pdf\"", get(customer, id).header("Content-Disposition"));
    server.sql("UPDATE attachment SET title = 'scan.PDF' WHERE id = ?", id);
    assertEquals(
        "attachment; filename=\"scan.PDF\"", get(customer, id).header("Content-Disposition"));
    server.sql("UPDATE attachment SET title = '' WHERE id = ?", id);
    assertEquals(
        "attachment; filename=\"rechnung-1.pdf\"", get(customer, id).header("Content-Disposition"));
  }

  @Test
  void noNameBreaksOutOfItsHeader() {
    long id = server.file(ticket, null, "a\r\nSet-Cookie: x=1\r\n\u202Egpj.exe", new byte[] {1});
    Answer answer = get(customer, id);
    assertEquals("", answer.header("Set-Cookie"));
    assertEquals(
        "attachment; filename=\"a__Set-Cookie_ x=1___gpj.exe\"",
        answer.header("Content-Disposition"));
  }

  @Test
  void bytesArriveAsTheyAre() throws Exception {
    byte[] bytes = new byte[3_000_000];
    new Random(7).nextBytes(bytes);
    long id = server.file(ticket, null, "random.bin", bytes);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + HttpApi.TICKETS + path(ticket, id)))
            .header("Authorization", HttpApi.basic(customer.login(), customer.password()))
            .header("Accept-Encoding", "gzip")
            .build();
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    assertArrayEquals(bytes, response.body());
    assertTrue(response.headers().firstValue("Content-Encoding").isEmpty());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
