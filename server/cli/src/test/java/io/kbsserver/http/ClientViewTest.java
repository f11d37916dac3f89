package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.TICKETS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where clients reach the server and where they come from, as proxies tell it or as they do. */
class ClientViewTest {

  private static final String HOST = "Host: help.example";

  private static final Pattern FIRST_SERVER =
      Pattern.compile("(?m)^servers:\\R\\s*- url: [\"']?([^\"'\\s]+)");

  private static TestServer trusting;
  private static TestServer distrusting;
  private static TestServer configured;
  private static User manager;
  private static User here;
  private static User there;

  @BeforeAll
  static void start() {
    trusting = TestServer.fresh();
    manager = trusting.user("support_manager");
    distrusting =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_distrusting"),
            Map.of("kbs.trusted-proxies", ""));
    here = distrusting.user("support_manager");
    configured =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_configured"),
            Map.of("kbs.public-url", "https://help.example.com:8443/desk/"));
    there = configured.user("support_manager");
    for (User user : new User[] {manager, here, there}) {
      user.api().post("", HttpApi.ticket("view@example.org")).assertOk();
      user.api().post("", HttpApi.ticket("view@example.org")).assertOk();
    }
  }

  @AfterAll
  static void stop() {
    distrusting.close();
    configured.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        // Each header counts on its own.
        "=> http://help.example",
        "X-Forwarded-Proto: https => https://help.example",
        "X-Forwarded-Host: desk.example => http://desk.example",
        "X-Forwarded-Port: 8443 => http://help.example:8443",
        "X-Forwarded-Prefix: /desk => http://help.example/desk",
        "X-Forwarded-Proto: https | X-Forwarded-Host: desk.example => https://desk.example",
        "X-Forwarded-Proto: https | X-Forwarded-Port: 443 => https://help.example",
        "X-Forwarded-Proto: https | X-Forwarded-Port: 80 => https://help.example",
        "X-Forwarded-Host: desk.example | X-Forwarded-Port: 8443 => http://desk.example:8443",
        "X-Forwarded-Host: desk.example:81 | X-Forwarded-Port: 8443 => http://desk.example:81",
        "X-Forwarded-Host: [2001:db8::1]:8443 => http://[2001:db8::1]:8443",
        "X-Forwarded-Host: 192.0.2.1 => http://192.0.2.1",
        "X-Forwarded-Prefix: /a/b/ => http://help.example/a/b",
        "X-Forwarded-Prefix: / => http://help.example",
        "x-forwarded-proto: HTTPS => https://help.example",
        // Of several proxies the first speaks of the client.
        "X-Forwarded-Proto: https, http => https://help.example",
        "X-Forwarded-Proto: https,http | X-Forwarded-Host: a.example,b.example"
            + " => https://a.example",
        "X-Forwarded-Proto: https | X-Forwarded-Proto: http => https://help.example",
        "X-Forwarded-Port: 8443, 8080 => http://help.example:8443",
        "X-Forwarded-Prefix: /desk, /inner => http://help.example/desk",
        "X-Forwarded-Proto: , https => https://help.example",
        // Quotes
        "X-Forwarded-Proto: \"https\" => https://help.example",
        "X-Forwarded-Host: \"desk.example:81\", b => http://desk.example:81",
        "X-Forwarded-Proto: \"ht\\tps\" => https://help.example",
        // RFC 7239
        "Forwarded: proto=https => https://help.example",
        "Forwarded: for=192.0.2.60;proto=https;by=203.0.113.43 => https://help.example",
        "Forwarded: For=\"[2001:db8:cafe::17]:4711\";Proto=HTTPS;HOST=desk.example"
            + " => https://desk.example",
        "Forwarded: host=\"desk.example:8443\";proto=\"https\" => https://desk.example:8443",
        "Forwarded: host=\"[2001:db8::1]\" => http://[2001:db8::1]",
        "Forwarded: proto=https;host=a.example, proto=http;host=b.example => https://a.example",
        "Forwarded: proto=https | Forwarded: proto=http;host=b.example => https://help.example",
        "Forwarded: for=\"a,b;c=d\\\"\"; proto=https => https://help.example",
        "Forwarded: proto=https | X-Forwarded-Proto: http => https://help.example",
        "Forwarded: for=192.0.2.1 | X-Forwarded-Proto: https => https://help.example",
        // What cannot be read counts as absent.
        "Forwarded: proto=https;proto=http => http://help.example",
        "Forwarded: proto=\"https => http://help.example",
        "Forwarded: proto => http://help.example",
        "Forwarded: ;;, => http://help.example",
        "Forwarded: proto=ftp;host=\"a b\" | X-Forwarded-Proto: https => https://help.example",
        "X-Forwarded-Proto: => http://help.example",
        "X-Forwarded-Proto: , => http://help.example",
        "X-Forwarded-Proto: \"\" => http://help.example",
        "X-Forwarded-Proto: \"https => http://help.example",
        "X-Forwarded-Proto: javascript => http://help.example",
        "X-Forwarded-Host: => http://help.example",
        "X-Forwarded-Host: desk.example/x => http://help.example",
        "X-Forwarded-Host: me@desk.example => http://help.example",
        "X-Forwarded-Host: <script> => http://help.example",
        "X-Forwarded-Host: désk.example => http://help.example",
        "X-Forwarded-Host: desk.example:99999 => http://help.example",
        "X-Forwarded-Host: desk.example:x => http://help.example",
        "X-Forwarded-Host: [::1 => http://help.example",
        "X-Forwarded-Host: [12345::1] => http://help.example",
        "X-Forwarded-Port: https => http://help.example",
        "X-Forwarded-Port: 0 => http://help.example",
        "X-Forwarded-Port: 99999999999 => http://help.example",
        "X-Forwarded-Port: -1 => http://help.example",
        "X-Forwarded-Prefix: desk => http://help.example",
        "X-Forwarded-Prefix: //evil.example => http://help.example",
        "X-Forwarded-Prefix: /a/../b => http://help.example",
        "X-Forwarded-Prefix: /a\">b => http://help.example",
        "X-Forwarded-Prefix: /a?b => http://help.example",
        "X-Forwarded-Prefix: https://evil.example => http://help.example",
        "X-Forwarded-For: nobody, \"\" => http://help.example"
      })
  void aProxyTellsWhatTheClientAskedFor(String headers, String base) {
    assertEquals(Set.of(base), bases(trusting, manager, forwarded(headers)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Port: 8443",
        "X-Forwarded-Prefix: /evil",
        "Forwarded: for=192.0.2.1;host=evil.example;proto=https",
        "X-Forwarded-Host: a, b | X-Forwarded-Proto: , | Forwarded: \"",
      })
  void nobodyElseIsBelieved(String headers) {
    assertEquals(Set.of("http://help.example"), bases(distrusting, here, forwarded(headers)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host: evil.example",
        "X-Forwarded-Host: evil.example | X-Forwarded-Proto: http",
        "Forwarded: host=evil.example | X-Forwarded-Prefix: /evil"
      })
  void theOperatorHasTheLastWord(String headers) {
    assertEquals(
        Set.of("https://help.example.com:8443/desk"),
        bases(configured, there, forwarded(headers).replace(HOST + "\r\nHost", "Host")));
  }

  /** By the address of the peer, and by no other that the request may seem to have. */
  @Test
  void whoIsBelievedGoesByTheAddress() {
    try (TestServer server =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_peers"),
            Map.of("kbs.trusted-proxies", "127.0.0.2"))) {
      User user = server.user("support_manager");
      String body = HttpApi.json(HttpApi.ticket("peer@example.org"));
      String head =
          "POST %s HTTP/1.1\r\nHost: help.example\r\nX-Forwarded-Host: desk.example\r\n"
                  .formatted(TICKETS)
              + "X-Forwarded-For: 192.0.2.7\r\n"
              + login(user)
              + "Content-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      Answer stranger = new RawHttp(server.port()).send(head).assertOk();
      assertTrue(stranger.header("Location").startsWith("http://help.example/"));
      assertEquals("127.0.0.1", addressOfTicket(server, stranger));
      Answer proxy = new RawHttp(server.port(), "127.0.0.2").send(head).assertOk();
      assertTrue(proxy.header("Location").startsWith("http://desk.example/"), proxy::toString);
      assertEquals("192.0.2.7", addressOfTicket(server, proxy));
    }
  }

  private static String addressOfTicket(TestServer server, Answer created) {
    return server.values("SELECT user_ip FROM ticket WHERE id = ?", created.id()).get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.0/8, true",
    "127.0.0.1, true",
    "'10.0.0.0/8, 127.0.0.1/32', true",
    "0.0.0.0/0, true",
    "'203.0.113.7 127.0.0.2/31', false",
    "::1, false",
    "10.0.0.0/8, false"
  })
  void rangesAreMeantAsTheyAreWritten(String ranges, boolean trusted) {
    try (TestServer server =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_ranges"),
            Map.of("kbs.trusted-proxies", ranges))) {
      Answer index =
          send(
              server, "GET", "/wp-json/", "Host: help.example\r\nX-Forwarded-Proto: https\r\n", "");
      assertEquals(trusted ? "https://help.example" : "http://help.example", index.text("url"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\\a", "/", ",", ";", "\"", "\\"})
  void aLongHeaderOfAProxyFailsNoRequest(String part) {
    String value = "\"" + part.repeat(8_000 / part.length()) + "\"";
    for (String name :
        new String[] {
          "X-Forwarded-For: ",
          "X-Forwarded-Host: ",
          "X-Forwarded-Prefix: ",
          "Forwarded: host=",
          "X-Forwarded-Prefix: " + part.repeat(4_000)
        }) {
      String head = "Host: help.example\r\n" + name + value + "\r\n";
      assertEquals(
          "http://help.example", send(trusting, "GET", "/wp-json/", head, "").text("url"), name);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "",
        "[::1",
        "a/b",
        "é",
        "a\"b",
        "a:b",
        "help.example:99999",
        "user@help.example"
      })
  void aHostThatIsNoneIsRefusedWhateverProxiesSay(String host) {
    String head = "Host: " + host + "\r\nX-Forwarded-Host: desk.example\r\n";
    for (TestServer server : new TestServer[] {trusting, distrusting, configured}) {
      send(server, "GET", TICKETS, head, "").assertError(400, "rest_bad_request");
    }
  }

  @Test
  void addressesOfIpVersionSixAreHosts() {
    Answer index = send(trusting, "GET", "/wp-json/", "Host: [::1]:8080\r\n", "");
    assertEquals("http://[::1]:8080", index.assertOk().text("url"));
  }

  /** A request of HTTP/1.0 need not name the server. */
  @Test
  void whoNamesNoServerIsToldOurs() {
    Answer index =
        new RawHttp(trusting.port()).send("GET /wp-json/ HTTP/1.0\r\nConnection: close\r\n\r\n");
    assertEquals(trusting.address(), index.assertOk().text("url"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "=> 127.0.0.1",
        "X-Forwarded-For: 192.0.2.7 => 192.0.2.7",
        "X-Forwarded-For: 192.0.2.7, 10.0.0.1 => 192.0.2.7",
        "X-Forwarded-For: 192.0.2.7:4711 => 192.0.2.7",
        "X-Forwarded-For: 2001:db8::7 => 2001:db8::7",
        "X-Forwarded-For: 2001:0DB8:0:0:0:0:0:7 => 2001:db8::7",
        "X-Forwarded-For: [2001:db8::7]:4711 => 2001:db8::7",
        "X-Forwarded-For: \"192.0.2.7\" => 192.0.2.7",
        "Forwarded: for=192.0.2.7;proto=https => 192.0.2.7",
        "Forwarded: For=\"[2001:db8::7]:4711\", for=10.0.0.1 => 2001:db8::7",
        "Forwarded: for=192.0.2.7 | X-Forwarded-For: 192.0.2.8 => 192.0.2.7",
        "Forwarded: for=unknown | X-Forwarded-For: 192.0.2.8 => 192.0.2.8",
        "Forwarded: for=_hidden => 127.0.0.1",
        // What a client makes up stands before what proxies add.
        "X-Forwarded-For: 198.51.100.1, 192.0.2.7 => 192.0.2.7",
        "X-Forwarded-For: 198.51.100.1 | X-Forwarded-For: 192.0.2.7, 10.0.0.1 => 192.0.2.7",
        "Forwarded: for=198.51.100.1, for=192.0.2.7, for=10.0.0.1 => 192.0.2.7",
        "X-Forwarded-For: unknown, 192.0.2.7 => 192.0.2.7",
        "X-Forwarded-For: 192.0.2.7, unknown => 127.0.0.1",
        "X-Forwarded-For: help.example => 127.0.0.1",
        "X-Forwarded-For: 999.1.1.1 => 127.0.0.1",
        "X-Forwarded-For: '; DROP TABLE ticket => 127.0.0.1"
      })
  void theAddressOfTheClientComesByTheSameRule(String headers, String address) {
    assertEquals(address, addressOfWhoCreates(trusting, manager, headers));
    assertEquals("127.0.0.1", addressOfWhoCreates(distrusting, here, headers));
    assertEquals(address, addressOfWhoCreates(configured, there, headers));
  }

  private static String addressOfWhoCreates(TestServer server, User user, String headers) {
    String body = HttpApi.json(HttpApi.ticket("address@example.org"));
    Answer created = send(server, "POST", TICKETS, forwarded(headers) + login(user), body);
    return addressOfTicket(server, created.assertOk());
  }

  /** The page of the reference may ask the server at its public address as well. */
  @Test
  void theReferenceMayAskTheServerThatItNames() {
    Answer docs = send(configured, "GET", "/docs", "Host: localhost:8080\r\n", "");
    String policy = docs.header("Content-Security-Policy");
    assertTrue(policy.contains("connect-src 'self' https://help.example.com:8443;"), policy);
    assertTrue(docs.body().contains("https://help.example.com:8443/desk/wp-json/kbs/v1/tickets"));
  }

  /** Every address that a client is given, without the part that is the same everywhere. */
  private static Set<String> bases(TestServer server, User user, String head) {
    Set<String> bases = new LinkedHashSet<>();
    String login = head + login(user);
    Answer list = send(server, "GET", TICKETS + "?per_page=1", login, "");
    bases.add(before("/wp-json/", list.header("Link").replace("<", "")));
    assertTrue(list.header("Link").contains("/wp-json/kbs/v1/tickets?"), list::toString);
    list.assertOk();
    JsonNode self = list.json().at("/0/_links/self/0/href");
    bases.add(before("/wp-json/kbs/v1/tickets/", self.asText()));
    String body = HttpApi.json(HttpApi.ticket("view@example.org"));
    Answer created = send(server, "POST", TICKETS, login, body).assertOk();
    bases.add(before("/wp-json/kbs/v1/tickets/" + created.id(), created.header("Location")));
    Answer index = send(server, "GET", "/wp-json/", head, "").assertOk();
    bases.add(index.text("url"));
    bases.add(index.text("home"));
    bases.add(before("/wp-json/>;", index.header("Link").replace("<", "")));
    Answer welcome = send(server, "GET", "/", head, "");
    bases.add(before("/wp-json/>;", welcome.header("Link").replace("<", "")));
    Answer json = send(server, "GET", "/openapi.json", head, "").assertOk();
    bases.add(before("/wp-json", json.json().at("/servers/0/url").asText()));
    Answer yaml = send(server, "GET", "/openapi.yaml", head, "").assertOk();
    // To read all of it takes longer than all else here.
    Matcher first = FIRST_SERVER.matcher(yaml.body());
    assertTrue(first.find(), yaml::toString);
    bases.add(before("/wp-json", first.group(1)));
    // Refusals lead to the index as well.
    Answer refused = send(server, "GET", TICKETS + "?page=0", head, "");
    bases.add(before("/wp-json/>;", refused.header("Link").replace("<", "")));
    assertEquals(400, refused.status());
    return bases;
  }

  private static String before(String part, String address) {
    assertTrue(address.contains(part), address);
    return address.substring(0, address.indexOf(part));
  }

  private static String login(User user) {
    return "Authorization: " + HttpApi.basic(user.login(), user.password()) + "\r\n";
  }

  /** Lines of headers, after the host that the request names itself. */
  private static String forwarded(String headers) {
    StringBuilder lines = new StringBuilder(HOST).append("\r\n");
    for (String line : (headers == null ? "" : headers).split(" \\| ")) {
      if (!line.isBlank()) {
        lines.append(line.strip()).append("\r\n");
      }
    }
    return lines.toString();
  }

  private static Answer send(
      TestServer server, String method, String path, String head, String body) {
    String length =
        body.isEmpty()
            ? ""
            : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
    return new RawHttp(server.port())
        .send(method + " " + path + " HTTP/1.1\r\n" + head + length + "\r\n" + body);
  }
}
