package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.http.TestServer.User;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files of tickets as clients of WordPress send and read them. */
class MediaTest {

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
    String form =
        new MultipartBody().field("post", String.valueOf(post)).files(files).toString();
    return api.send("POST", MEDIA, MultipartBody.TYPE, form);
  }

  private static Answer get(User user, String rest) {
    return user.api().send("GET", MEDIA + rest, null, null);
  }

  private static void assertCreated(Answer answer) {
    assertEquals(201, answer.status(), answer::toString);
    assertEquals(
        server.address() + MEDIA + "/" + answer.id(), answer.header("Location"));
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
          customer.api().send("GET", source.substring(server.address().length()), null, null)
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
    SentFile file = new SentFile("file", "a.txt", "x");
    String noPost = new MultipartBody().files(file).toString();
    agent
        .api()
        .send("POST", MEDIA, MultipartBody.TYPE, noPost)
        .assertError(400, "rest_missing_callback_param");
    SentFile page = new SentFile("file", "a.html", "<html></html>");
    uploadForm(agent.api(), ticket, page).assertError(415, "rest_unsupported_media_type");
    uploadForm(agent.api().preferring("lenient"), ticket, page)
        .assertError(400, "rest_upload_no_data");
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
    server.set("customers_may_reply", "");
    uploadForm(customer.api(), ticket, file).assertError(403, "rest_forbidden");
    assertEquals(before, server.number("SELECT COUNT(*) FROM attachment"));
    server.resetSettings();
    assertCreated(uploadForm(customer.api(), ticket, file));
  }

  @Test
  void mediaAreListedToWhoSeesTheirTickets() {
    long own = agent.api().post("", ticket(customer.email())).assertOk().id();
    long text = uploadForm(agent.api(), own, new SentFile("file", "b.txt", "x")).id();
    long pdf = uploadForm(customer.api(), own, new SentFile("file", "a.pdf", "%PDF-1.4")).id();
    String of = "?parent=" + own;
    assertEquals(List.of(pdf, text), get(customer, of).assertOk().ids());
    assertEquals(List.of(pdf, text), get(agent, of + "&orderby=id&order=desc").ids());
    assertEquals(List.of(pdf, text), get(agent, of + "&orderby=title&order=asc").ids());
    assertEquals(List.of(text, pdf), get(agent, of + "&orderby=slug&order=asc").ids());
    assertEquals(List.of(text, pdf), get(agent, of + "&orderby=modified&order=asc").ids());
    assertEquals(
        List.of(text, pdf), get(agent, "?orderby=include&include=" + text + "," + pdf).ids());
    assertEquals(List.of(text), get(agent, of + "&exclude=" + pdf).ids());
    assertEquals(List.of(text), get(agent, of + "&offset=1").ids());
    assertEquals(List.of(text), get(agent, of + "&per_page=1&page=2").ids());
    assertEquals(List.of(text), get(agent, of + "&media_type=text").ids());
    assertEquals(List.of(), get(agent, of + "&media_type=image").ids());
    assertEquals(List.of(pdf), get(agent, of + "&search=a.pdf").ids());
    get(agent, "?media_type=file").assertNames("media_type");
    User other = server.user("support_customer");
    server.customer(other.email(), other.id(), null);
    assertEquals(List.of(), get(other, of).ids());
    get(other, "/" + pdf).assertError(403, "rest_forbidden");
    get(agent, "/99999999").assertError(404, "rest_post_invalid_id");
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
    assertEquals(
        "GET", agent.api().send("OPTIONS", MEDIA + "/" + id, null, null).header("Allow"));
  }
}
