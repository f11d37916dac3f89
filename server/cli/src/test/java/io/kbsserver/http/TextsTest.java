package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of texts: they stay as they are, or the answer says which did not. */
class TextsTest {

  private static final String HEADER = "Kbs-Changed-Parameters";
  private static final List<String> ROLES =
      List.of(
          "administrator", "support_manager", "support_agent", "support_customer", "subscriber");

  private static TestServer server;
  private static HttpApi manager;
  private static HttpApi agent;

  @BeforeAll
  static void makeTheSite() {
    server = TestServer.fresh();
    manager = server.user("support_manager").api();
    agent = server.user("support_agent").api();
  }

  private static Answer create(HttpApi api, String field, String text) {
    return api.post("", ticket("texts@example.org", field, text)).assertOk();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C:\\0\\1\\2temp\\00\\012",
        "\\0",
        "A \\\\ b \\\\\\ c\\",
        "$1 and ${x} and $0, \\$2",
        "\\u0041 \\n \\x41",
        "\\\\server\\0share"
      })
  void backslashesAndDollarsStay(String text) {
    for (String role : ROLES) {
      User user = server.user(role);
      HttpApi api = user.api();
      Map<String, Object> body =
          ticket(
              user.email(),
              "ticket_title",
              text,
              "ticket_content",
              text,
              "customer_first",
              text,
              "customer_last",
              text,
              "customer_phone1",
              text,
              "customer_phone2",
              text,
              "customer_website",
              text);
      Answer created = api.post("", body).assertOk();
      assertEquals("", created.header(HEADER), created::toString);
      assertEquals(text, created.text("title.raw"));
      assertEquals(text, created.text("content.raw"));
      assertEquals(text, created.text("title.rendered"));
      assertEquals("<p>" + text + "</p>\n", created.text("content.rendered"));
      String info = "ticket_data.user_info.";
      assertEquals(text, created.text(info + "first_name"));
      assertEquals(text, created.text(info + "last_name"));
      assertEquals(text, created.text(info + "primary_phone"));
      assertEquals(text, created.text(info + "additional_phone"));
      assertEquals(text, created.text(info + "website"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // What looks like a tag.
        "Write to <foo@example.com> today | Write to  today",
        "If a <b and c> d | If a <b> d",
        "1 < 2 > 1 | 1  1",
        "See <https://example.com> | See ",
        "An <unknown>element</unknown> | An element",
        "<script>alert(1)</script>Text | alert(1)Text",
        "A <b onclick=\"x()\">b</b> | A <b>b</b>",
        "A <b class=\"a\" =junk>b</b> | A <b>b</b>",
        "A <a href=\"javascript:x()\">l</a> | A <a href=\"x()\">l</a>",
        "A </b x>b | A </b>b",
        "A <!-- a -- b --> c | A <!-- a - b --> c",
        "A\u0007b | Ab"
      })
  void whatIsTakenOutIsNamed(String sent, String stored) {
    Answer title = create(agent, "ticket_title", sent);
    assertEquals("ticket_title", title.header(HEADER), sent);
    assertEquals(stored.strip(), title.text("title.raw").strip());
    Answer content = create(agent, "ticket_content", sent);
    assertEquals("ticket_content", content.header(HEADER), sent);
    // Who may publish any HTML keeps all of it, but for a link that runs a script.
    boolean script = sent.contains("javascript:");
    for (String field : List.of("ticket_title", "ticket_content")) {
      Answer kept = create(manager, field, sent);
      assertEquals(script ? field : "", kept.header(HEADER), sent);
      assertEquals(script ? stored : sent, kept.text(field.substring("ticket_".length()) + ".raw"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain text",
        "  blanks at both ends  ",
        "R&D &amp; &lt;b&gt; &#8211; &#38; &nosuch; & more",
        "5 < 6 and \"quotes\" and 'those'",
        "<5 apples",
        "a > b",
        "<b>bold</b> and <em>more</em> <a href=x title='t'>l</a >",
        "Line\nline\r\nline\ttab",
        "<!-- a note -->",
        "An empty <!----> one",
        "Zürich 😀 100% $1 \\0"
      })
  void whatStaysIsNotNamed(String text) {
    for (String field : List.of("ticket_title", "ticket_content")) {
      assertEquals("", create(agent, field, text).header(HEADER), field + ": " + text);
      assertEquals("", create(manager, field, text).header(HEADER), field + ": " + text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "<p style='color:red;position:fixed'>x</p>, ticket_content",
    "<p style='color: red'>x</p>, ''",
    "<img src=x onerror=y>, ticket_content",
    "<a href='x' target='_blank'>x</a>, ''",
    "<br/><hr class=\"a\" />, ''",
    "<p id=a id=b>x</p>, ticket_content",
    "<iframe src=x></iframe>, ticket_content"
  })
  void inAContentAttributesCount(String text, String named) {
    assertEquals(named, create(agent, "ticket_content", text).header(HEADER));
  }

  @Test
  void namesArePlainTextForEverybody() {
    for (HttpApi api : List.of(manager, agent)) {
      Map<String, Object> body =
          ticket(
              "texts@example.org",
              "customer_first",
              "Ann <ann@example.org>",
              "customer_last",
              "100%41 <b>B</b>",
              "ticket_content",
              "<script>x</script>");
      Answer created = api.post("", body).assertOk();
      String all = "customer_first, customer_last";
      assertEquals(api == manager ? all : all + ", ticket_content", created.header(HEADER));
      assertEquals("Ann", created.text("ticket_data.user_info.first_name"));
      assertEquals("100 B", created.text("ticket_data.user_info.last_name"));
    }
    Answer clean = create(agent, "customer_first", "  o'Ann \"q\"  & co < 5 ");
    assertEquals("", clean.header(HEADER));
  }

  @Test
  void theHeaderIsThereHoweverTheTextCame() {
    String form =
        "customer_first=N&customer_last=N&customer_email=texts@example.org&ticket_title=T"
            + "&ticket_content=%3Cfoo@example.com%3E";
    assertEquals("ticket_content", agent.post("", FORM, form).assertOk().header(HEADER));
    assertEquals(
        "ticket_content", agent.send("POST", TICKETS + "?" + form, null, null).header(HEADER));
    Answer enveloped = agent.post("?_envelope", FORM, form).assertOk();
    assertEquals("ticket_content", enveloped.json().at("/headers/" + HEADER).asText());
    assertTrue(agent.post("", FORM, form).header("Access-Control-Expose-Headers").contains(HEADER));
  }

  @ParameterizedTest
  @CsvSource({
    "customer_first, 1000, ticket_data.user_info.first_name",
    "customer_last, 1000, ticket_data.user_info.last_name",
    "customer_phone1, 255, ticket_data.user_info.primary_phone",
    "customer_phone2, 255, ticket_data.user_info.additional_phone",
    "customer_website, 2048, ticket_data.user_info.website",
    "ticket_content, 1048576, content.raw"
  })
  void aTextIsStoredWholeUpToItsLimitInCharacters(String field, int longest, String path) {
    for (String character : List.of("x", "ü", "票", "😀")) {
      Map<String, Object> body =
          ticket("texts@example.org", "customer_phone1", "1", field, character.repeat(longest));
      Answer created = manager.post("", body).assertOk();
      boolean capital = character.equals("x") && !path.matches(".*(phone|website)");
      String stored = (capital ? "X" : character) + character.repeat(longest - 1);
      assertTrue(stored.equals(created.text(path)), field);
      body.put(field, character.repeat(longest + 1));
      manager.post("", body).assertNames(field);
    }
  }

  @Test
  void aTitleIsStoredWholeUpToItsLimitInBytes() {
    for (String character : List.of("x", "ü", "票", "😀")) {
      int bytes = character.getBytes(StandardCharsets.UTF_8).length;
      String longest = "A".repeat(65_535 % bytes) + character.repeat(65_535 / bytes);
      Answer created = create(manager, "ticket_title", longest.replaceFirst("^x", "X"));
      assertEquals(longest.replaceFirst("^x", "X"), created.text("title.raw"));
      manager
          .post("", ticket("texts@example.org", "ticket_title", longest + "x"))
          .assertNames("ticket_title");
    }
  }
}
