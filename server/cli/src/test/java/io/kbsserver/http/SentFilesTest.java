package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.http.TestServer.User;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are sent with tickets: which are taken, what they are called, and who gets them. */
class SentFilesTest {

  private static final String IGNORED = "Kbs-Ignored-Parameters";
  private static final String CHANGED = "Kbs-Changed-Parameters";
  private static final String BODY = "kbs_files[]";

  private static TestServer server;
  private static User manager;
  private static User customer;

  @BeforeAll
  static void makeTheSite() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    customer = server.user("support_customer");
    server.customer(customer.email(), customer.id(), null);
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  /** A new ticket of the customer with these files. */
  private static Answer open(HttpApi api, SentFile... files) {
    return api.post("", MultipartBody.TYPE, ticket(files));
  }

  private static String ticket(SentFile... files) {
    return new MultipartBody()
        .field("customer_first", "Nina")
        .field("customer_last", "Newman")
        .field("customer_email", customer.email())
        .field("ticket_title", "Fire")
        .field("ticket_content", "It burns.")
        .files(files)
        .toString();
  }

  private static SentFile text(String name) {
    return new SentFile(BODY, name, "Some text");
  }

  private static List<String> names(Answer answer) {
    List<String> names = new ArrayList<>();
    answer
        .json()
        .at("/ticket_data/files")
        .forEach(file -> names.add(file.get("filename").asText()));
    return names;
  }

  private static Answer download(HttpApi api, JsonNode file) {
    String path = file.get("url").asText().substring(server.address().length());
    return api.send("GET", path, null, null);
  }

  private static String name(long character) {
    return Character.toString((int) character);
  }

  @Test
  void aCustomerSendsFilesWithATicketAndGetsThemBack() {
    Answer opened =
        open(
                customer.api(),
                new SentFile("scan", "scan.pdf", "%PDF-1.4 and so on"),
                new SentFile("kbs_files[]", "Rechnung für Öl.txt", "Grüße"))
            .assertOk();
    assertEquals(List.of("scan.pdf", "Rechnung für Öl.txt"), names(opened));
    assertEquals("", opened.header(IGNORED) + opened.header(CHANGED));
    JsonNode files = opened.json().at("/ticket_data/files");
    assertEquals(files, opened.json().at("/ticket_data/attachments"));
    for (HttpApi api : List.of(customer.api(), manager.api())) {
      assertEquals(names(opened), names(api.get("/" + opened.id()).assertOk()));
      Answer scan = download(api, files.get(0));
      assertEquals("%PDF-1.4 and so on", scan.body());
      assertEquals("application/pdf", scan.header("Content-Type"));
      assertEquals("Grüße", download(api, files.get(1)).body());
    }
  }

  @Test
  void aFileIsNotShownToAnotherCustomer() {
    User other = server.user("support_customer");
    server.customer(other.email(), other.id(), null);
    JsonNode file = open(customer.api(), text("a.txt")).json().at("/ticket_data/files/0");
    download(other.api(), file).assertError(403, "rest_forbidden");
    download(server.anonymous(), file).assertError(401, "rest_forbidden_context");
  }

  @Test
  void aFileIsNotTakenWithATicketThatIsRefused() {
    long before = server.number("SELECT COUNT(*) FROM attachment");
    User other = server.user("support_customer");
    open(other.api(), text("a.txt")).assertError(403, "rest_forbidden_context");
    open(server.anonymous(), text("a.txt")).assertError(401, "rest_forbidden_context");
    String unnamed = new MultipartBody().field("ticket_title", "x").files(text("a.txt")).toString();
    manager.api().post("", MultipartBody.TYPE, unnamed).assertError(400, "required_fields");
    assertEquals(before, server.number("SELECT COUNT(*) FROM attachment"));
  }

  @Test
  void anAgentAttachesAFileToAReplyAndTheCustomerReadsIt() {
    long id = open(customer.api(), text("first.txt")).assertOk().id();
    Answer reply = reply(manager.api(), id, new SentFile("a", "fix.pdf", "%PDF-1.4 fix"));
    JsonNode file = reply.assertOk().json().at("/files/0");
    assertEquals("fix.pdf", file.get("filename").asText());
    assertEquals("%PDF-1.4 fix", download(customer.api(), file).body());
    // As in the plugin, a ticket has its own files only; the reply has its.
    assertEquals(List.of("first.txt"), names(customer.api().get("/" + id)));
    String replies = "/wp-json/kbs/v1/replies/";
    for (String path : List.of("ticket/" + id, String.valueOf(reply.id()))) {
      Answer read = customer.api().send("GET", replies + path, null, null).assertOk();
      JsonNode shown = read.json().isArray() ? read.json().get(0) : read.json();
      assertEquals(reply.json().at("/files"), shown.at("/files"));
    }
    assertEquals(
        reply.json().at("/files"),
        customer.api().get("/" + id + "?_embed").json().at("/_embedded/replies/0/0/files"));
  }

  @Test
  void aFileIsNotAttachedToATicketThatTheCallerDoesNotSee() {
    long id = open(customer.api()).assertOk().id();
    User other = server.user("support_customer");
    server.customer(other.email(), other.id(), null);
    long before = server.number("SELECT COUNT(*) FROM attachment");
    reply(other.api(), id, text("a.txt")).assertError(403, "rest_forbidden_context");
    reply(server.user("subscriber").api(), id, text("a.txt"))
        .assertError(403, "rest_forbidden_context");
    assertEquals(before, server.number("SELECT COUNT(*) FROM attachment"));
  }

  private static Answer reply(HttpApi api, long ticket, SentFile... files) {
    return api.send(
        "POST",
        "/wp-json/kbs/v1/replies/ticket/" + ticket,
        MultipartBody.TYPE,
        new MultipartBody().field("reply_content", "See there").files(files).toString());
  }

  /** What it says it is does not count, and neither does what it is called alone. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run.exe     | MZ and so on",
        "picture.jpg | <html><script>alert(1)</script></html>",
        "page.html   | <html></html>",
        "page.htm    | Nothing but text",
        "page        | <!DOCTYPE html><script>alert(1)</script>",
        "drawing.svg | <svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
        "drawing.png | <?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "notes.txt   | #!/bin/sh",
        "run.php     | <?php phpinfo();",
        "run.jpg.php | text",
        "run.js      | alert(1)",
      })
  void aFileOfATypeThatTheSiteDoesNotTakeIsRefusedOrNamed(String name, String content) {
    SentFile file = new SentFile("doc[]", name, content);
    Answer refused = open(manager.api(), text("a.txt"), file);
    refused.assertError(415, "rest_unsupported_media_type");
    assertTrue(refused.json().at("/data/params").has("doc"), refused::toString);
    Answer opened = open(manager.api().preferring("lenient"), text("a.txt"), file).assertOk();
    assertEquals(List.of("a.txt"), names(opened));
    assertEquals("doc", opened.header(IGNORED));
  }

  @Test
  void aScriptIsNotServedAsAPage() {
    server.set("file_extensions", ".html, .svg");
    for (SentFile script :
        List.of(
            new SentFile(BODY, "page.html", "<html><script>alert(1)</script></html>"),
            new SentFile(
                BODY,
                "drawing.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"))) {
      Answer opened = open(manager.api(), script).assertOk();
      Answer answer = download(manager.api(), opened.json().at("/ticket_data/files/0"));
      assertEquals("application/octet-stream", answer.header("Content-Type"));
      assertTrue(answer.header("Content-Disposition").startsWith("attachment; "));
      assertEquals("nosniff", answer.header("X-Content-Type-Options"));
      assertTrue(answer.header("Content-Security-Policy").startsWith("sandbox; "));
    }
    // Its list takes the place of the usual one.
    open(manager.api(), text("a.txt")).assertError(415, "rest_unsupported_media_type");
  }

  @Test
  void aSiteTakesAsManyFilesAsItSays() {
    SentFile[] two = {text("a.txt"), new SentFile("b", "b.txt", "x")};
    server.set("file_uploads", "1");
    open(manager.api(), two).assertNames("b");
    Answer one = open(manager.api().preferring("lenient"), two).assertOk();
    assertEquals(List.of("a.txt"), names(one));
    assertEquals("b", one.header(IGNORED));
    server.set("file_uploads", "");
    assertEquals(List.of(), names(open(manager.api().preferring("lenient"), two).assertOk()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../../etc/passwd.txt          | passwd.txt",
        "C:\\fakepath\\a.txt         | a.txt",
        "a\"b.txt                       | a_b.txt",
        "..                            | file",
        ".htaccess                     | htaccess",
        "' a.txt. '                    | a.txt",
        "<img src=x onerror=alert(1)>.txt | _img src=x onerror=alert(1)_.txt",
      })
  void aNameIsOneOfAFile(String sent, String kept) {
    Answer opened = open(manager.api(), text(sent));
    assertEquals(List.of(kept), names(opened.assertOk()));
    assertEquals("kbs_files", opened.header(CHANGED));
  }

  @Test
  void aNameHasNothingThatIsNotSeen() {
    String turned = "a" + name(0x202E) + "txt.b" + name(0x7) + name(0xFEFF) + name(0x2028) + ".txt";
    assertEquals(List.of("atxt.b.txt"), names(open(manager.api(), text(turned)).assertOk()));
    String joined = name(0x645) + name(0x200C) + name(0x645) + ".txt";
    Answer kept = open(manager.api(), text(joined)).assertOk();
    assertEquals(List.of(joined), names(kept));
    assertEquals("", kept.header(CHANGED));
  }

  @Test
  void aNameHasAnEnd() {
    Answer opened = open(manager.api(), text("x".repeat(3_000) + ".txt")).assertOk();
    assertEquals(List.of("x".repeat(196) + ".txt"), names(opened));
    assertEquals("kbs_files", opened.header(CHANGED));
    String emoji = name(0x1F600).repeat(300);
    assertEquals(
        List.of(name(0x1F600).repeat(196) + ".txt"),
        names(open(manager.api(), text(emoji + ".txt")).assertOk()));
  }

  @Test
  void aPartIsNamedWhateverItIsCalled() {
    String odd = "fü" + name(0x1) + "r,me";
    Answer opened = open(manager.api(), new SentFile(odd, "a/b.txt", "x")).assertOk();
    assertEquals("f%C3%BC%01r%2Cme", opened.header(CHANGED));
    SentFile[] many = new SentFile[20];
    for (int i = 0; i < many.length; i++) {
      many[i] = new SentFile("p".repeat(300) + i, "a/b.txt", "x");
    }
    server.set("file_uploads", String.valueOf(many.length));
    assertTrue(open(manager.api(), many).assertOk().header(CHANGED).matches(".*, \\+\\d+"));
  }

  @Test
  void aNameMayBeWrittenInTwoWays() {
    String part =
        "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"x.txt\";"
            + " filename*=UTF-8''a+b%20%E2%82%AC.txt\r\n\r\nx\r\n";
    String form = ticket().replace("--B--", part + "--B--");
    Answer opened = manager.api().post("", MultipartBody.TYPE, form).assertOk();
    assertEquals(List.of("a+b €.txt"), names(opened));
  }

  @Test
  void filesOfOneNameAreTwoAndAnEmptyOneIsOne() {
    Answer opened =
        open(
                manager.api(),
                new SentFile("a", "a.txt", "one"),
                new SentFile("a", "a.txt", ""),
                new SentFile("b", "a.txt", "one"))
            .assertOk();
    JsonNode files = opened.json().at("/ticket_data/files");
    List<String> contents = new ArrayList<>();
    files.forEach(file -> contents.add(download(manager.api(), file).body()));
    assertEquals(List.of("one", "", "one"), contents);
  }

  @Test
  void aFileIsTakenWithNothingElse() {
    long id = open(manager.api()).assertOk().id();
    String form = new MultipartBody().files(text("a.txt")).toString();
    manager.api().post("/" + id, MultipartBody.TYPE, form).assertNames("kbs_files");
    assertFalse(manager.api().get("/" + id).body().contains("a.txt"));
  }

  @Test
  void aFileIsNotKeptWhereItsTicketIsNot() {
    long before = server.number("SELECT COUNT(*) FROM attachment");
    server.sql("RENAME TABLE ticket_sequence TO away");
    try {
      open(manager.api(), text("a.txt")).assertError(500, "internal_server_error");
    } finally {
      server.sql("RENAME TABLE away TO ticket_sequence");
    }
    assertEquals(before, server.number("SELECT COUNT(*) FROM attachment"));
  }
}
