package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.spec.Exchange;
import io.kbsserver.spec.SpecWatch;
import io.kbsserver.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that nobody sends by accident: never a failure inside, never a long wait. */
@Timeout(180)
class HostileInputTest {

  private static final List<String> TEXTS =
      List.of(
          "customer_first",
          "customer_last",
          "customer_email",
          "ticket_title",
          "ticket_content",
          "customer_phone1",
          "customer_phone2",
          "customer_website");
  private static final List<String> OTHERS_OF_NEW =
      List.of("agent_id", "post_category", "department");
  private static final List<String> CHANGES =
      List.of(
          "id",
          "agent",
          "agents",
          "company",
          "customer",
          "status",
          "post_category",
          "delete_category",
          "department");

  private static TestServer server;
  private static User manager;
  private static HttpApi api;
  private static User subscriber;
  private static long id;

  @BeforeAll
  static void start() {
    // A server of its own: the long texts would slow down the searches of others.
    server = TestServer.on(TestDatabase.get().createMigratedSchema("http_hostile"), Map.of());
    manager = server.user("support_manager");
    api = manager.api();
    subscriber = server.user("subscriber");
    id = api.post("", ticket("hostile@example.org")).assertOk().id();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** JSON values, as they stand in a body. */
  static Stream<String> values() {
    return Stream.of(
        json("x".repeat(10_000)),
        json("x".repeat(100_000)),
        json("<".repeat(10_000)),
        json("&".repeat(1000)),
        json("<".repeat(1000)),
        json("é".repeat(255)),
        json("😀".repeat(500)),
        json("😀".repeat(40_000)),
        json("\u0000"),
        json("a\u0000b"),
        json("\r\n\t\u0001\u001f\u007f\u0085\u2028"),
        json("' OR 1=1 -- "),
        json("%s%n%x\\'\""),
        json("\u202e\u200b\ufeff\ufffe\uffff"),
        "\"\\ud83d\\ude00\"",
        "1e999",
        "-1e999",
        "1e-999",
        "1E+2147483647",
        "1e-2147483647",
        "1.7976931348623157e308",
        "0.1e-5",
        "-0",
        "-0.0",
        "9".repeat(900),
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "true",
        "[true]",
        "[[[[1]]]]",
        "[{}]",
        "{\"a\":{\"b\":[1]}}",
        "[" + "1,".repeat(20_000) + "1]",
        "\"" + "1,".repeat(20_000) + "1\"",
        "\"" + " ,".repeat(20_000) + "1\"",
        "[".repeat(500) + "]".repeat(500),
        "{\"a\":".repeat(500) + "1" + "}".repeat(500));
  }

  // The values are none that a report in XML can have.
  @ParameterizedTest(name = "{index}")
  @MethodSource("values")
  void everyFieldTakesEveryValueOrNamesItself(String value) {
    for (String field : TEXTS) {
      create(api, field, value);
    }
    for (HttpApi each : List.of(api, api.preferring("lenient"))) {
      for (String field : OTHERS_OF_NEW) {
        create(each, field, value);
      }
      for (String field : CHANGES) {
        assertTakenOrNamed(each.post("/" + id, JSON, with(Map.of(), field, value)), field);
      }
    }
  }

  private static void create(HttpApi each, String field, String value) {
    Map<String, Object> body = ticket("hostile@example.org");
    body.remove(field);
    assertTakenOrNamed(each.post("", JSON, with(body, field, value)), field);
  }

  // The values are none that a report in XML can have.
  @ParameterizedTest(name = "{index}")
  @MethodSource("values")
  void everyListParameterTakesEveryValueOrNamesItself(String value) {
    for (String parameter :
        List.of(
            "page",
            "offset",
            "include",
            "exclude",
            "order",
            "orderby",
            "status",
            "user",
            "search",
            "after",
            "ticket_tag",
            "tax_relation",
            "context",
            "_fields")) {
      Answer answer =
          api.send(
              "GET", TICKETS + "?per_page=1&_fields=id", JSON, with(Map.of(), parameter, value));
      assertTakenOrNamed(answer, parameter);
    }
  }

  private static String with(Map<String, Object> body, String field, String value) {
    String rest = json(body);
    return rest.substring(0, rest.length() - 1)
        + (body.isEmpty() ? "" : ",")
        + json(field)
        + ":"
        + value
        + "}";
  }

  private static void assertTakenOrNamed(Answer answer, String field) {
    assertTrue(answer.status() == 200 || answer.status() == 400, answer::toString);
    if (answer.status() == 400) {
      assertTrue(answer.innerLife().isEmpty(), answer::toString);
      if (!answer.text("code").equals("rest_invalid_json")
          && !answer.text("code").equals("rest_orderby_include_missing_include")) {
        answer.assertNames(field);
      }
    } else {
      assertTrue(answer.json().isContainerNode());
    }
  }

  @Test
  void textsOfTheLongestLengthAreStoredWhole() {
    Map<String, Object> body =
        fields(
            "customer_email", "e".repeat(64) + "@" + "d".repeat(185) + ".org",
            "customer_first", "F".repeat(1000),
            "customer_last", "L".repeat(1000),
            "customer_phone1", "1".repeat(255),
            "customer_phone2", "2".repeat(255),
            "customer_website", "w".repeat(2048),
            "ticket_title", "T".repeat(65_535),
            "ticket_content", "C".repeat(1_048_576));
    assertEquals(254, body.get("customer_email").toString().length());
    Answer created = api.post("", body).assertOk();
    assertEquals(body.get("ticket_title"), created.text("title.raw"));
    assertEquals(body.get("ticket_content"), created.text("content.raw"));
    assertEquals(body.get("customer_first"), created.text("ticket_data.user_info.first_name"));
    assertEquals(body.get("customer_last"), created.text("ticket_data.user_info.last_name"));
    assertEquals(
        body.get("customer_phone2"), created.text("ticket_data.user_info.additional_phone"));
    assertEquals(body.get("customer_website"), created.text("ticket_data.user_info.website"));
    assertEquals(body.get("customer_email"), created.text("ticket_data.email"));
    body.replaceAll(
        (name, value) ->
            name.equals("customer_email")
                ? "e" + value
                : value.toString() + value.toString().charAt(0));
    for (String field : body.keySet()) {
      Map<String, Object> longer = ticket("longer@example.org");
      longer.put(field, body.get(field));
      api.post("", longer).assertNames(field);
    }
    assertEquals(
        0, server.number("SELECT COUNT(*) FROM customer WHERE email = 'longer@example.org'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<",
        "&",
        "\"",
        "'",
        "\n\n",
        "[",
        "<b>",
        "<a ",
        "<!--",
        "`",
        ":) ",
        "<p>",
        "</div>",
        "<table><tr><td>",
        "http://a.b ",
        "[gallery ",
        "<![CDATA[",
        "&#",
        "-",
        "😀",
        "\u0000"
      })
  void aLongContentOfOneKindIsAnsweredInGoodTime(String piece) {
    String content = piece.repeat(100_000 / piece.length());
    for (HttpApi each : List.of(api, subscriber.api())) {
      long start = System.nanoTime();
      each.post("", ticket(subscriber.email(), "ticket_content", content)).assertOk();
      long millis = (System.nanoTime() - start) / 1_000_000;
      assertTrue(millis < 60_000, "It took " + millis + " ms");
    }
  }

  @Test
  void manyParametersAreTakenOrRefused() {
    String many =
        IntStream.range(0, 9_990).mapToObj(i -> "p" + i + "=x").collect(Collectors.joining("&"));
    HttpApi lenient = api.preferring("lenient");
    Answer taken = lenient.post("/" + id, FORM, many + "&status=hold").assertOk();
    assertEquals("hold", taken.text("status"));
    Answer refused = api.post("/" + id, FORM, many + "&" + many.replace("p", "q") + "&status=open");
    assertEquals(400, refused.status(), refused::toString);
    assertEquals("hold", api.get("/" + id).text("status"));
    lenient.post("/" + id, FORM, "a" + "[x]".repeat(3000) + "=1").assertOk();
    lenient.post("/" + id, FORM, "a[]=1&".repeat(5000)).assertOk();
    Map<String, Object> keys = fields();
    IntStream.range(0, 10_000).forEach(i -> keys.put("k" + i, i));
    lenient.post("/" + id, keys).assertOk();
    assertEquals(400, api.post("/" + id, keys).status());
    keys.put("more", 1);
    lenient.post("/" + id, keys).assertError(400, "rest_too_many_params");
    lenient
        .post("/" + id, JSON, "[" + "[],".repeat(1_000_000) + "1]")
        .assertError(400, "rest_too_many_params");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e9999",
        "1e-9999",
        "10e2147483647",
        "1e2147483646",
        "100e2147483640",
        "1e-2147483647",
        "0e2147483647",
        "-0.0",
        "1e400"
      })
  void numbersOfAnySizeAreTakenOrRefused(String number) {
    String ticket = json(ticket("numbers@example.org")).replaceFirst("\\{", "");
    for (String field : List.of("ticket_title", "customer_phone1", "agent_id", "department")) {
      String body =
          "{\"" + field + "\":" + number + "," + ticket.replace("\"" + field + "\"", "\"_\"");
      Answer answer = api.preferring("lenient").post("", JSON, body);
      assertTrue(answer.status() == 200 || answer.status() == 400, answer::toString);
    }
    for (String field : List.of("status", "agent", "customer", "post_category", "company")) {
      Answer answer =
          api.preferring("lenient").post("/" + id, JSON, "{\"" + field + "\":" + number + "}");
      assertTrue(answer.status() == 200 || answer.status() == 400, answer::toString);
    }
  }

  @Test
  void listsHaveABound() {
    List<Integer> ids = IntStream.rangeClosed(1, 100_000).boxed().toList();
    for (String parameter :
        List.of("include", "exclude", "ticket_categories", "ticket_tag_exclude")) {
      api.send("GET", TICKETS, JSON, json(fields(parameter, ids))).assertNames(parameter);
    }
    api.preferring("lenient")
        .post("/" + id, fields("post_category", ids))
        .assertNames("post_category");
    String csv = ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    api.preferring("lenient").post("/" + id, fields("agents", csv)).assertNames("agents");
  }

  @Test
  void aCompressedBodyIsNotUnpacked() throws IOException, InterruptedException {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(small)) {
      byte[] block = " ".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
      gzip.write("{\"a\":".getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 60; i++) {
        gzip.write(block);
      }
      gzip.write("1}".getBytes(StandardCharsets.US_ASCII));
    }
    for (String type : List.of(JSON, FORM)) {
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(server.address() + TICKETS))
                      .header("Content-Type", type)
                      .header("Content-Encoding", "gzip")
                      .header("Authorization", HttpApi.basic(manager.login(), manager.password()))
                      .POST(HttpRequest.BodyPublishers.ofByteArray(small.toByteArray()))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      SpecWatch.see(
          new Exchange(
              "POST",
              TICKETS,
              response.request().headers().map(),
              null,
              response.statusCode(),
              response.headers().map(),
              response.body()));
      assertTrue(
          List.of(400, 413, 415).contains(response.statusCode()),
          response.statusCode() + response.body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example\"><script>",
        "a b",
        "",
        "[::1",
        "example.org:99999999",
        "é",
        "a/b?c#d"
      })
  void aHostHeaderCannotBreakTheAnswer(String host) {
    Answer answer =
        new RawHttp(server.port())
            .send(
                "GET "
                    + TICKETS
                    + "?per_page=1 HTTP/1.1\r\nHost: "
                    + host
                    + "\r\nConnection: close\r\nAuthorization: "
                    + HttpApi.basic(manager.login(), manager.password())
                    + "\r\n\r\n");
    assertTrue(answer.status() == 200 || answer.status() == 400, answer::toString);
    assertTrue(answer.json().isContainerNode());
    assertFalse(answer.header("Link").contains("<script"), answer::toString);
    assertTrue(answer.innerLife().isEmpty(), answer::toString);
  }

  /** Pages and files have links as well. */
  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/wp-json/", "/openapi.yaml", "/openapi.json", "/docs", "/health/live", "/x"})
  void aHostThatIsNoneIsRefusedWhateverIsAskedFor(String path) {
    Answer answer =
        new RawHttp(server.port())
            .send("GET " + path + " HTTP/1.1\r\nHost: a:99999999\r\nConnection: close\r\n\r\n");
    answer.assertError(400, "rest_bad_request");
    assertEquals("The Host header names no server.", answer.text("message"));
  }

  @Test
  void lineBreaksNeverReachAHeader() {
    HttpApi lenient = api.preferring("lenient");
    Answer answer =
        lenient.get("?per_page=1&search=" + "%0d%0aX-Evil:%20yes&x=%0d%0a%0d%0a%3Chtml%3E");
    answer.assertOk();
    Answer paged = lenient.get("?per_page=1&x=%0d%0aX-Evil:%20yes");
    for (Answer each : List.of(answer, paged)) {
      assertEquals("", each.header("X-Evil"));
    }
    Answer ignored = lenient.post("/" + id, fields("agent", "a\r\nX-Evil: yes")).assertOk();
    assertEquals("agent", ignored.header("Kbs-Ignored-Parameters"));
  }

  @Test
  void searchesAreTextAndNothingElse() {
    String word = TestServer.unique("needle");
    long wanted = api.post("", ticket("s@example.org", "ticket_title", word + " 50%_!' OR")).id();
    List<String> found = new ArrayList<>();
    for (String search :
        List.of(word, word + " 50%", word.toUpperCase(Locale.ROOT), "\"" + word + " 50%_!'\"")) {
      if (api.get("?search=" + encoded(search)).ids().equals(List.of(wanted))) {
        found.add(search);
      }
    }
    assertEquals(4, found.size(), found::toString);
    for (String search :
        List.of(
            word + "' OR '1'='1",
            word + "%'; --",
            word + " _____",
            word + " %%",
            "!" + word,
            word + " -50",
            "-" + word + " " + word,
            word + "\u0000x")) {
      assertEquals(List.of(), api.get("?search=" + encoded(search)).ids(), search);
    }
    api.get("?search=" + encoded("a ".repeat(800))).assertOk();
    api.get("?search=" + encoded("\"".repeat(1600))).assertOk();
    api.get("?search=" + encoded("%_!".repeat(500))).assertOk();
    api.get("?search=" + "x".repeat(1601)).assertNames("search");
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"9,191", "9,192", "x,191", "x,192", "x,8000"})
  void whereNoTicketIsAllMethodsAgree(String character, int length) {
    String address = HttpApi.TICKETS + "/" + character.repeat(length);
    api.send("GET", address, null, null).assertError(404, "rest_post_invalid_id");
    Answer described = api.send("OPTIONS", address, null, null).assertOk();
    assertEquals("", described.header("Allow"), described::toString);
    api.send("POST", address, JSON, "{}")
        .assertError(404, character.equals("9") ? "rest_post_invalid_id" : "rest_no_route");
  }
}
