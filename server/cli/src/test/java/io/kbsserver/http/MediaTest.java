package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.files.FileStores;
import io.kbsserver.http.TestServer.User;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files of tickets as clients of WordPress send and read them. */
class MediaTest {

  private static final String BYTES = "application/octet-stream";
  private static final String MEDIA = "/wp-json/wp/v2/media";

  private static TestServer server;
  private static User agent;
  private static User customer;
  private static long ticket;

  @BeforeAll
  static void makeTheSite() {
    server = TestServer.fresh();
    agent = server.user("support_agent");
    customer = server.user("support_customer");
    server.customer(customer.email(), customer.id(), null);
    ticket = agent.api().post("", ticket(customer.email())).assertOk().id();
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  private static Answer upload(User user, long post, String type, String disposition, String body) {
    return user.api()
        .with("Content-Disposition", disposition)
        .send("POST", MEDIA + "?post=" + post, type, body);
  }

  private static Answer uploadForm(HttpApi api, long post, SentFile... files) {
    String form = new MultipartBody().field("post", String.valueOf(post)).files(files).toString();
    return api.send("POST", MEDIA, MultipartBody.TYPE, form);
  }

  private static String sha256(String content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Answer get(User user, String rest) {
    return user.api().send("GET", MEDIA + rest, null, null);
  }

  private static void assertCreated(Answer answer) {
    assertEquals(201, answer.status(), answer::toString);
    assertEquals(server.address() + MEDIA + "/" + answer.id(), answer.header("Location"));
  }

  @Test
  void aBodyIsAFileOfTheTicketThatTheAddressNames() {
    String large = "%PDF-1.4 " + "x".repeat(100_000);
    for (String body : List.of("%PDF-1.4 short", large)) {
      Answer made =
          upload(agent, ticket, "image/png", "attachment; filename*=UTF-8''Pr%C3%BCfung.pdf", body);
      assertCreated(made);
      assertEquals("Prüfung", made.text("title.raw"));
      assertEquals("application/pdf", made.text("mime_type"));
      assertEquals(agent.id(), made.json().get("author").asLong());
      String source = made.text("source_url");
      assertEquals(
          body,
          customer
              .api()
              .send("GET", source.substring(server.address().length()), null, null)
              .body());
      assertTrue(customer.api().get("/" + ticket).body().contains(source), source);
    }
  }

  @Test
  void jsonThatIsSentAsAFileIsOne() {
    Answer made =
        upload(agent, ticket, "application/json", "attachment; filename=a.json", "{\"a\": 1}");
    assertCreated(made);
    assertEquals("application/json", made.text("mime_type"));
  }

  @Test
  void thePartOfAFormIsAFile() {
    Answer made = uploadForm(agent.api(), ticket, new SentFile("file", "a/b.txt", "x"));
    assertCreated(made);
    assertEquals("b", made.text("title.rendered"));
    assertEquals("file", made.header("Kbs-Changed-Parameters"));
    assertEquals(ticket, made.json().get("post").asLong());
    SentFile[] two = {new SentFile("file", "a.txt", "x"), new SentFile("more", "b.txt", "x")};
    uploadForm(agent.api(), ticket, two).assertNames("more");
    Answer one = uploadForm(agent.api().preferring("lenient"), ticket, two);
    assertCreated(one);
    assertEquals("more", one.header("Kbs-Ignored-Parameters"));
  }

  @Test
  void whatIsNoFileIsRefused() {
    uploadForm(agent.api(), ticket).assertError(400, "rest_upload_no_data");
    agent
        .api()
        .send("POST", MEDIA, HttpApi.JSON, "{\"post\": " + ticket + "}")
        .assertError(400, "rest_upload_no_data");
    upload(agent, ticket, BYTES, "attachment; filename=a.txt", "")
        .assertError(400, "rest_upload_no_data");
    agent
        .api()
        .send("POST", MEDIA + "?post=" + ticket, BYTES, "x")
        .assertError(400, "rest_upload_no_content_disposition");
    upload(agent, ticket, BYTES, "attachment", "x")
        .assertError(400, "rest_upload_invalid_disposition");
    SentFile file = new SentFile("file", "a.txt", "x");
    String noPost = new MultipartBody().files(file).toString();
    agent
        .api()
        .send("POST", MEDIA, MultipartBody.TYPE, noPost)
        .assertError(400, "rest_missing_callback_param");
    upload(agent, 0, BYTES, "attachment; filename=a.txt", "x").assertNames("post");
    agent.api().send("POST", MEDIA + "?post=x", BYTES, "x").assertNames("post");
  }

  @Test
  void anUploadTakesWhatEveryRouteTakes() {
    Answer trimmed =
        agent
            .api()
            .preferring("lenient")
            .with("Content-Disposition", "attachment; filename=a.txt")
            .send("POST", MEDIA + "?_fields=id&colour=red&post=" + ticket, BYTES, "x");
    assertEquals(201, trimmed.status());
    assertFalse(trimmed.json().has("title"));
    assertEquals("colour", trimmed.header("Kbs-Ignored-Parameters"));
    assertEquals("handling=lenient", trimmed.header("Preference-Applied"));
    agent
        .api()
        .send("POST", MEDIA, HttpApi.JSON, "x".repeat(10 * 1024 * 1024 + 1))
        .assertError(413, "rest_content_too_large");
    server.set("disable_tickets", "1");
    upload(agent, ticket, BYTES, "attachment; filename=a.txt", "x")
        .assertError(404, "rest_no_route");
    get(agent, "").assertError(404, "rest_no_route");
    get(agent, "/1").assertError(404, "rest_no_route");
  }

  @Test
  void whatTheSiteDoesNotTakeIsRefusedWhateverItIsCalled() {
    String files = "SELECT COUNT(*) FROM attachment";
    long before = server.number(files);
    String page = "<html><script>alert(1)</script></html>";
    upload(agent, ticket, "text/plain", "attachment; filename=a.txt", page)
        .assertError(415, "rest_unsupported_media_type");
    uploadForm(agent.api(), ticket, new SentFile("file", "a.html", page))
        .assertError(415, "rest_unsupported_media_type");
    uploadForm(agent.api().preferring("lenient"), ticket, new SentFile("file", "a.html", page))
        .assertError(400, "rest_upload_no_data");
    server.set("file_uploads", "0");
    uploadForm(agent.api(), ticket, new SentFile("file", "a.txt", "x")).assertNames("file");
    assertEquals(before, server.number(files));
  }

  @Test
  void aFileIsNotAttachedToATicketThatTheCallerDoesNotSee() {
    User other = server.user("support_customer");
    server.customer(other.email(), other.id(), null);
    SentFile file = new SentFile("file", "a.txt", "x");
    long before = server.number("SELECT COUNT(*) FROM attachment");
    uploadForm(other.api(), ticket, file).assertError(403, "rest_cannot_edit");
    uploadForm(agent.api(), 99_999_999, file).assertError(403, "rest_cannot_edit");
    uploadForm(server.anonymous(), ticket, file).assertError(401, "rest_not_logged_in");
    server
        .anonymous()
        .with("Content-Disposition", "attachment; filename=a.txt")
        .send("POST", MEDIA + "?post=" + ticket, BYTES, "x".repeat(100_000))
        .assertError(401, "rest_not_logged_in");
    server.set("customers_may_reply", "");
    uploadForm(customer.api(), ticket, file).assertError(403, "rest_forbidden");
    assertEquals(before, server.number("SELECT COUNT(*) FROM attachment"));
    server.resetSettings();
    assertCreated(uploadForm(customer.api(), ticket, file));
  }

  @Test
  void aFileThatCannotBeWrittenLeavesNothing() throws IOException {
    String content = TestServer.unique("A file that nobody gets");
    server.sql("ALTER TABLE attachment ADD CONSTRAINT full CHECK (title <> 'full.txt')");
    try {
      Answer refused = upload(agent, ticket, BYTES, "attachment; filename=full.txt", content);
      assertTrue(refused.status() >= 500, refused::toString);
    } finally {
      server.sql("ALTER TABLE attachment DROP CONSTRAINT full");
    }
    assertEquals(0, server.number("SELECT COUNT(*) FROM attachment WHERE title = ?", "full.txt"));
    assertFalse(server.bean(FileStores.class).get().has(sha256(content)));
  }

  @Test
  void mediaAreListedToWhoSeesTheirTickets() {
    long own = agent.api().post("", ticket(customer.email())).assertOk().id();
    long text = uploadForm(agent.api(), own, new SentFile("file", "b.txt", "x")).id();
    long pdf = uploadForm(customer.api(), own, new SentFile("file", "a.pdf", "%PDF-1.4")).id();
    server.sql(
        "UPDATE attachment SET slug = 'b', date_local = '2024-01-01', modified_local = '2024-03-01'"
            + " WHERE id = ?",
        text);
    server.sql(
        "UPDATE attachment SET slug = 'c', date_local = '2024-02-01', modified_local = '2024-02-01'"
            + " WHERE id = ?",
        pdf);
    String of = "?parent=" + own;
    assertEquals(List.of(pdf, text), get(customer, of).assertOk().ids());
    List<Long> up = List.of(text, pdf);
    List<Long> down = List.of(pdf, text);
    assertEquals(down, get(agent, of + "&orderby=id&order=desc").ids());
    assertEquals(down, get(agent, of + "&orderby=title&order=asc").ids());
    assertEquals(up, get(agent, of + "&orderby=slug&order=asc").ids());
    assertEquals(down, get(agent, of + "&orderby=modified&order=asc").ids());
    assertEquals(up, get(agent, of + "&orderby=author&order=asc").ids());
    assertEquals(up, get(agent, of + "&orderby=parent&order=asc").ids());
    assertEquals(down, get(agent, of + "&orderby=include_slugs&slug=c,b").ids());
    assertEquals(List.of(pdf), get(agent, of + "&orderby=relevance&search=pdf").ids());
    get(agent, of + "&orderby=relevance").assertError(400, "rest_no_search_term_defined");
    assertEquals(up, get(agent, "?orderby=include&include=" + text + "," + pdf).ids());
    List<Long> one = List.of(text);
    for (String filter :
        List.of(
            "exclude=" + pdf,
            "offset=1",
            "per_page=1&page=2",
            "before=2024-01-15T00:00:00",
            "modified_after=2024-02-15T00:00:00",
            "author=" + agent.id(),
            "author_exclude=" + customer.id(),
            "slug=b",
            "media_type=text",
            "mime_type=TEXT/plain",
            "search=b -pdf")) {
      assertEquals(one, get(agent, of + "&" + filter.replace(" ", "+")).assertOk().ids(), filter);
    }
    assertEquals(List.of(pdf), get(agent, of + "&after=2024-01-15T00:00:00").ids());
    assertEquals(List.of(pdf), get(agent, of + "&modified_before=2024-02-15T00:00:00").ids());
    assertEquals(
        List.of(), get(agent, "?parent_exclude=" + own + "&include=" + text + "," + pdf).ids());
    assertEquals(List.of(), get(agent, of + "&media_type=image").ids());
    get(agent, "?media_type=file").assertNames("media_type");
    User other = server.user("support_customer");
    server.customer(other.email(), other.id(), null);
    Answer hidden = get(other, of).assertOk();
    assertEquals(List.of(), hidden.ids());
    assertEquals(0, hidden.total());
    get(other, "/" + pdf).assertError(403, "rest_forbidden");
    get(agent, "/99999999").assertError(404, "rest_post_invalid_id");
  }

  @Test
  void aFileOfAReplyBelongsToIt() {
    long reply = OperationRequest.reply(agent.api(), ticket).assertOk().id();
    long file = server.file(ticket, reply, "log.txt", new byte[] {'x'});
    assertEquals(reply, get(customer, "/" + file).assertOk().json().get("post").asLong());
    assertEquals(List.of(file), get(customer, "?parent=" + reply).ids());
    assertFalse(get(customer, "?parent=" + ticket).ids().contains(file));
    assertFalse(get(customer, "?per_page=100&parent_exclude=" + reply).ids().contains(file));
    server.sql("UPDATE reply SET status = 'draft' WHERE id = ?", reply);
    get(customer, "/" + file).assertError(403, "rest_forbidden");
    assertEquals(List.of(), get(customer, "?parent=" + reply).ids());
    assertEquals(List.of(file), get(agent, "?parent=" + reply).ids());
    server.sql("UPDATE reply SET status = '.deleted' WHERE id = ?", reply);
    get(agent, "/" + file).assertError(404, "rest_post_invalid_id");
  }

  @Test
  void whatLinksToAFilesSenderLeadsThere() {
    long id = uploadForm(customer.api(), ticket, new SentFile("file", "b.txt", "x")).id();
    Answer embedded = get(customer, "/" + id + "?_embed=author&_fields=_links,_embedded");
    assertEquals(customer.id(), embedded.assertOk().json().at("/_embedded/author/0/id").asLong());
    assertEquals(1, get(customer, "?include=" + id + "&_fields=id").assertOk().total());
  }

  @Test
  void aContextSaysHowMuchIsShown() {
    long id = uploadForm(customer.api(), ticket, new SentFile("file", "b.txt", "x")).id();
    JsonNode shown = get(agent, "/" + id).assertOk().json();
    assertTrue(shown.has("guid"));
    assertFalse(shown.get("title").has("raw"));
    assertFalse(get(agent, "/" + id + "?context=embed").assertOk().json().has("guid"));
    get(agent, "/" + id + "?context=edit").assertError(403, "rest_forbidden_context");
    get(agent, "?context=edit").assertError(403, "rest_forbidden_context");
    assertEquals("b", get(customer, "/" + id + "?context=edit").assertOk().text("title.raw"));
    User administrator = server.user("administrator");
    get(administrator, "/" + id + "?context=edit").assertOk();
    get(administrator, "?context=edit&include=" + id).assertOk();
    Answer described = agent.api().send("OPTIONS", MEDIA, null, null).assertOk();
    assertEquals("GET, POST", described.header("Allow"));
    assertEquals("GET", get(agent, "/" + id).header("Allow"));
    assertEquals(
        "GET", customer.api().send("OPTIONS", MEDIA + "/" + id, null, null).header("Allow"));
  }
}
