package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text comes back byte for byte or is refused, whichever way it comes. */
class BytesTest {

  private static final String BOUNDARY = "----next";
  private static final String MULTIPART = "multipart/form-data; boundary=" + BOUNDARY;
  private static final Charset LATIN = StandardCharsets.ISO_8859_1;

  private static TestServer server;
  private static User manager;
  private static HttpApi api;

  @BeforeAll
  static void makeTheSite() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    api = manager.api();
  }

  /** One character is one byte. */
  private static Answer send(
      String method, String target, String contentType, String body, String... headers) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    head.append("Host: localhost\r\nConnection: close\r\nAuthorization: ")
        .append(HttpApi.basic(manager.login(), manager.password()));
    for (int i = 0; i < headers.length; i += 2) {
      head.append("\r\n").append(headers[i]).append(": ").append(headers[i + 1]);
    }
    if (contentType != null) {
      head.append("\r\nContent-Type: ").append(contentType);
      head.append("\r\nContent-Length: ").append(body.length());
    }
    head.append("\r\n\r\n").append(body == null ? "" : body);
    return new RawHttp(server.port()).send(head.toString().getBytes(LATIN));
  }

  /** The text as the bytes of a charset, one character each. */
  private static String bytes(String text, Charset charset) {
    return new String(text.getBytes(charset), LATIN);
  }

  private static String utf8(String text) {
    return bytes(text, StandardCharsets.UTF_8);
  }

  /** What is sent as a ticket's title in the query, with nothing escaped. */
  private static Answer createWithTitleInQuery(String raw) {
    Map<String, Object> body = ticket("bytes@example.org");
    body.remove("ticket_title");
    return send("POST", TICKETS + "?ticket_title=" + raw, JSON, json(body));
  }

  private static Answer createWithTitleInForm(String contentType, String raw) {
    return send(
        "POST",
        TICKETS,
        contentType,
        "customer_first=N&customer_last=N&customer_email=bytes@example.org&ticket_content=C"
            + "&ticket_title="
            + raw);
  }

  private static Answer createWithTitleInPart(String contentType, String partType, String raw) {
    return send("POST", TICKETS, contentType, multipart(partType, raw));
  }

  private static String multipart(String partType, String raw) {
    return multipart(partType, raw, StandardCharsets.UTF_8);
  }

  private static String multipart(String partType, String raw, Charset others) {
    Map<String, Object> body = ticket("bytes@example.org");
    body.remove("ticket_title");
    StringBuilder parts = new StringBuilder();
    body.forEach((name, value) -> parts.append(part(name, "", bytes(value.toString(), others))));
    String type = partType.isEmpty() ? "" : "\r\nContent-Type: " + partType;
    return parts.append(part("ticket_title", type, raw)) + "--" + BOUNDARY + "--\r\n";
  }

  private static String part(String name, String headers, String value) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n"
        .formatted(BOUNDARY, name, headers, value);
  }

  private static void assertTitle(String wanted, Answer answer) {
    assertEquals(wanted, answer.assertOk().text("title.raw"), answer::toString);
  }

  // The address

  @Test
  void everyByteOfAQueryIsItselfOrRefused() {
    for (int b = 0; b < 256; b++) {
      String sent = "A" + (char) b + "Z";
      Answer answer = createWithTitleInQuery(sent);
      String which = "Byte " + b + ": " + answer;
      if (b <= ' ' || b == 0x7F) {
        assertEquals(400, answer.status(), which);
        assertTrue(answer.text("code").equals("rest_bad_request"), which);
      } else if (b >= 0x80) {
        answer.assertNames("ticket_title");
      } else {
        assertTitle(b == '&' ? "A" : b == '+' ? "A Z" : sent, answer);
      }
    }
  }

  @Test
  void everyByteOfANameInAQueryIsItselfOrRefused() {
    for (int b = 0; b < 256; b++) {
      String target = TICKETS + "?per_page=1&a" + (char) b + "z=1";
      Answer answer = send("GET", target, null, null, "Prefer", "handling=lenient");
      String which = "Byte " + b + ": " + answer;
      if (b <= ' ' || b == 0x7F) {
        assertEquals(400, answer.status(), which);
      } else if (b >= 0x80) {
        answer.assertNames("a%%%02Xz".formatted(b));
      } else {
        assertNotEquals(400, answer.status(), which);
      }
    }
  }

  @Test
  void everyByteOfAFormIsItselfOrRefused() {
    for (int b = 0; b < 256; b++) {
      String sent = "A" + (char) b + "Z";
      Answer answer = createWithTitleInForm(FORM, sent);
      if (b >= 0x80) {
        answer.assertNames("ticket_title");
      } else {
        assertTitle(b == '&' ? "A" : b == '+' ? "A Z" : sent, answer);
      }
      Answer escaped = createWithTitleInForm(FORM, "A%%%02xZ".formatted(b));
      if (b >= 0x80) {
        escaped.assertNames("ticket_title");
      } else {
        assertTitle(sent, escaped);
      }
    }
  }

  @Test
  void everyByteOfAPartIsItselfOrRefused() {
    for (int b = 0; b < 256; b++) {
      String sent = "A" + (char) b + "Z";
      Answer answer = createWithTitleInPart(MULTIPART, "", sent);
      if (b >= 0x80) {
        answer.assertNames("ticket_title");
      } else {
        assertTitle(sent, answer);
      }
    }
  }

  static Stream<String> texts() {
    return Stream.of(
        "Zürich",
        IntStream.rangeClosed(0x80, 0x17F)
            .mapToObj(Character::toString)
            .collect(Collectors.joining("", "A", "Z")),
        "Ωμέγα, Дом, 日本語, עברית",
        "😀 👩‍👩‍👧 🇩🇪",
        "Cafe\u0301 and café",
        "A\uFFFE\uFFFF\uFFFD\uFEFF\u2028\u202EZ",
        "\u00A0Blank\u3000like\u0085ends\u2003");
  }

  // The texts are none that a report in XML can have.
  @ParameterizedTest(name = "{index}")
  @MethodSource("texts")
  void textComesBackAsItWasSent(String text) {
    String escaped = java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    assertTitle(text, createWithTitleInQuery(utf8(text).replace(" ", "+")));
    assertTitle(text, createWithTitleInQuery(escaped));
    assertTitle(text, createWithTitleInForm(FORM, utf8(text).replace(" ", "+")));
    assertTitle(text, createWithTitleInForm(FORM, escaped));
    assertTitle(text, createWithTitleInPart(MULTIPART, "", utf8(text)));
    assertTitle(text, createWithTitleInPart(MULTIPART, "text/plain; charset=utf-8", utf8(text)));
    assertTitle(text, api.post("", ticket("bytes@example.org", "ticket_title", text)));
  }

  @Test
  void lineBreaksComeBackAsTheyWereSent() {
    String text = "One\r\nTwo\nThree\rFour\r\n\r\nEnd\r\n";
    Map<String, Object> body = ticket("bytes@example.org", "ticket_content", text);
    assertEquals(text, api.post("", body).assertOk().text("content.raw"));
    String form = createForm(body);
    assertEquals(text, api.post("", FORM, form).assertOk().text("content.raw"));
    StringBuilder parts = new StringBuilder();
    body.forEach((name, value) -> parts.append(part(name, "", value.toString())));
    Answer answer = send("POST", TICKETS, MULTIPART, parts + "--" + BOUNDARY + "--\r\n");
    assertEquals(text, answer.assertOk().text("content.raw"));
  }

  private static String createForm(Map<String, Object> body) {
    return body.entrySet().stream()
        .map(
            field ->
                field.getKey()
                    + "="
                    + java.net.URLEncoder.encode(
                        field.getValue().toString(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** Overlong, surrogates in UTF-8, beyond Unicode, cut off, Latin-1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "C0 80", "C0 AF", "E0 80 AF", "F0 80 80 AF", "ED A0 80", "ED A0 BD ED B8 80", "F4 90 80 80",
        "F8 88 80 80 80", "C3", "E2 82", "F0 9F 98", "80", "FC", "FF FE"
      })
  void bytesThatAreNoTextAreRefusedAndNamed(String hex) {
    String raw =
        Stream.of(hex.split(" "))
            .map(code -> Character.toString(Integer.parseInt(code, 16)))
            .collect(Collectors.joining("", "A", "Z"));
    String escaped = "A%" + hex.replace(" ", "%") + "Z";
    for (String each : List.of(raw, escaped)) {
      createWithTitleInQuery(each)
          .assertError(400, "rest_invalid_param")
          .assertNames("ticket_title");
      createWithTitleInForm(FORM, each).assertNames("ticket_title");
      send("GET", TICKETS + "?search=" + each, null, null).assertNames("search");
      send("GET", TICKETS + "?status[]=open&status[]=" + each, null, null).assertNames("status");
      send("GET", TICKETS + "?_fields=" + each, null, null).assertNames("_fields");
      send("GET", TICKETS + "/" + each, null, null).assertNames("idOrNumber");
      send("GET", "/?rest_route=/kbs/v1/tickets/" + each, null, null).assertNames("rest_route");
    }
    createWithTitleInPart(MULTIPART, "", raw).assertNames("ticket_title");
    Map<String, Object> body = ticket("bytes@example.org", "ticket_title", raw);
    send("POST", TICKETS, JSON, json(body)).assertError(400, "rest_invalid_json");
  }

  @Test
  void allThatIsNoTextIsNamedAtOnce() {
    createWithTitleInForm(FORM, "%FF&customer_first=%FE&%FD=x")
        .assertNames("ticket_title", "customer_first", "%FD");
  }

  @Test
  void anAddressDeclaresNoCharset() {
    for (String name : List.of("none", "ISO-8859-1", "UTF-16")) {
      assertTitle("Zürich", createWithTitleInQuery("Z%C3%BCrich&_charset_=" + name));
      send("GET", TICKETS + "?per_page=1&_charset_=" + name, null, null).assertOk();
    }
  }

  @Test
  void rawUtf8InAnAddressIsUtf8() {
    String word = TestServer.unique("Zürich");
    long id = api.post("", ticket("bytes@example.org", "ticket_title", word)).assertOk().id();
    assertEquals(List.of(id), send("GET", TICKETS + "?search=" + utf8(word), null, null).ids());
    assertEquals(
        List.of(id),
        send("GET", "/?rest_route=/kbs/v1/tickets&search=" + utf8(word), null, null).ids());
    assertEquals(
        List.of(id),
        send("GET", "http://localhost" + TICKETS + "?search=" + utf8(word), null, null).ids());
  }

  @Test
  void anEscapeInAnAbsoluteTargetStaysOne() {
    String word = TestServer.unique("R%26D").replace("%26", "&");
    long id = api.post("", ticket("bytes@example.org", "ticket_content", word)).assertOk().id();
    String target = "http://localhost" + TICKETS + "?search=" + word.replace("&", "%26");
    assertEquals(List.of(id), send("GET", target, null, null).ids());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "100%",
        "100%25",
        "%zz",
        "%u00fc",
        "%",
        "%%",
        "%2",
        "a%2|b\"{}^<>\\`[]'#?/:;@$,!*()~"
      })
  void whatBeginsNoEscapeIsText(String raw) {
    String text = raw.replace("%25", "%");
    String capital = text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    assertTitle(capital, createWithTitleInQuery(raw));
    assertTitle(capital, createWithTitleInForm(FORM, raw));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Zü", "票", "😀", "a+b", "50%-", "a|b", "\"{}^\\`"})
  void aNumberIsFoundByItsRawBytes(String prefix) {
    server.set("ticket_prefix", prefix);
    try {
      Answer created = api.post("", ticket("bytes@example.org")).assertOk();
      String number = created.text("ticket_data.number");
      assertTrue(number.startsWith(prefix), number);
      for (String target :
          List.of(
              TICKETS + "/" + utf8(number),
              "/?rest_route=/kbs/v1/tickets/" + utf8(number).replace("+", "%2B"))) {
        assertEquals(created.id(), send("GET", target, null, null).assertOk().id(), target);
      }
    } finally {
      server.resetSettings();
    }
  }

  // What declares its charset

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1, Zürich ÿ",
    "latin1, Zürich ÿ",
    "windows-1252, 5 € – Zürich",
    "iso-8859-15, 5 € Zürich",
    "KOI8-R, Дом",
    "Shift_JIS, 日本語",
    "UTF-16, Zürich 😀",
    "UTF-16LE, Zürich 😀",
    "utf8, Zürich 😀",
    "UTF-32, Zürich 😀"
  })
  void aDeclaredCharsetIsHonoured(String name, String text) {
    Charset charset = Charset.forName(name);
    String value = bytes(text, charset);
    for (String parameter : List.of(name, "\"" + name + "\"")) {
      String type = "text/plain; charset=" + parameter;
      assertTitle(text, createWithTitleInPart(MULTIPART, type, value));
      for (String whole :
          List.of(
              MULTIPART + "; charset=" + parameter,
              "multipart/form-data; charset=" + parameter + "; boundary=" + BOUNDARY)) {
        assertTitle(text, send("POST", TICKETS, whole, multipart("", value, charset)));
      }
    }
    String named = part("_charset_", "", name) + multipart("", value, charset);
    assertTitle(text, send("POST", TICKETS, MULTIPART, named));
    if (bytes("a", charset).equals("a")) {
      String escaped = java.net.URLEncoder.encode(text, charset);
      for (String form : List.of(value.replace(" ", "+"), escaped)) {
        assertTitle(text, createWithTitleInForm(FORM + "; charset=" + name, form));
        assertTitle(text, createWithTitleInForm(FORM, form + "&_charset_=" + name));
      }
      Answer json =
          send(
              "POST",
              TICKETS,
              FORM + "; charset=" + name,
              bytes(json(ticket("bytes@example.org", "ticket_title", text)), charset));
      assertTitle(text, json);
    } else {
      String form =
          "customer_first=N&customer_last=N&customer_email=bytes@example.org&ticket_content=C"
              + "&ticket_title="
              + java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
      assertTitle(text, send("POST", TICKETS, FORM + "; charset=" + name, bytes(form, charset)));
    }
  }

  @Test
  void aPartGoesBeforeTheFieldAndTheFieldBeforeTheContentType() {
    String utf8Part = multipart("text/plain; charset=UTF-8", utf8("Zürich"));
    String field = part("_charset_", "", "ISO-8859-1");
    assertTitle("Zürich", send("POST", TICKETS, MULTIPART + "; charset=KOI8-R", field + utf8Part));
    String latinPart = multipart("", "Z\u00FCrich");
    assertTitle("Zürich", send("POST", TICKETS, MULTIPART + "; charset=KOI8-R", field + latinPart));
  }

  @Test
  void bytesThatAreNotInTheDeclaredCharsetAreRefused() {
    createWithTitleInForm(FORM + "; charset=US-ASCII", "Z%FCrich").assertNames("ticket_title");
    createWithTitleInPart(MULTIPART, "text/plain; charset=us-ascii", "Z\u00FC")
        .assertNames("ticket_title");
    createWithTitleInPart(MULTIPART, "text/plain; charset=utf-16", "abc")
        .assertNames("ticket_title");
    createWithTitleInForm(FORM + "; charset=UTF-16", "abc").assertNames("body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "utf-9", "x y", "\u00FC", "../etc"})
  void anUnknownCharsetIsRefused(String name) {
    for (String handling : List.of("strict", "lenient")) {
      String prefer = "handling=" + handling;
      List<Answer> answers =
          List.of(
              send("POST", TICKETS, FORM + "; charset=\"" + name + '"', "a=b", "Prefer", prefer),
              send("POST", TICKETS, FORM, "a=b&_charset_=" + name, "Prefer", prefer),
              send(
                  "POST",
                  TICKETS,
                  MULTIPART + "; charset=\"" + name + '"',
                  multipart("", "T"),
                  "Prefer",
                  prefer),
              send(
                  "POST",
                  TICKETS,
                  MULTIPART,
                  multipart("text/plain; charset=\"" + name + '"', "T"),
                  "Prefer",
                  prefer),
              send(
                  "POST",
                  TICKETS,
                  MULTIPART,
                  part("_charset_", "", name) + multipart("", "T"),
                  "Prefer",
                  prefer));
      answers.forEach(answer -> answer.assertError(415, "rest_unsupported_media_type"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "ISO-8859-1"})
  void jsonIsUtf8WhateverItDeclares(String name) {
    String body = json(ticket("bytes@example.org", "ticket_title", "Zürich"));
    String type = JSON + "; charset=" + name;
    send("POST", TICKETS, type, bytes(body, Charset.forName(name)))
        .assertError(400, "rest_invalid_json");
    assertTitle("Zürich", send("POST", TICKETS, type, utf8(body)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\udc00", "\\ude00\\ud83d", "a\\ud83d"})
  void halfOfACharacterInJsonIsRefused(String half) {
    String body = json(ticket("bytes@example.org")).replace("The printer", half);
    send("POST", TICKETS, JSON, body).assertError(400, "rest_invalid_json");
    send("POST", TICKETS, JSON, "\u00EF\u00BB\u00BF{}").assertError(400, "rest_invalid_json");
  }

  @Test
  void aFormThatOnlyAsksIsNotRead() {
    for (String type : List.of(FORM, FORM + "; charset=none", "text/plain")) {
      send("GET", TICKETS + "?per_page=1", type, "search=%FF").assertNames("body");
    }
    send("GET", TICKETS + "?per_page=1", FORM, "search=x").assertNames("search");
  }

  @Test
  void aLoginIsTextOrNobody() {
    User user = server.user("support_manager");
    String login = TestServer.unique("jürgen");
    server.sql("UPDATE app_user SET login = ? WHERE id = ?", login, user.id());
    assertEquals(200, server.login(login, user.password()).get("?per_page=1").status());
    byte[] bytes = (login + ":" + user.password()).getBytes(LATIN);
    String latin = "Basic " + java.util.Base64.getEncoder().encodeToString(bytes);
    assertEquals(401, server.anonymous().authorized(latin).get("?per_page=1").status());
    // A character that stands for bytes that are none is nobody's.
    server.sql(
        "UPDATE app_user SET login = ? WHERE id = ?", login.replace('ü', '\uFFFD'), user.id());
    assertEquals(401, server.anonymous().authorized(latin).get("?per_page=1").status());
  }
}
