package io.kbsserver.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TestServer;
import io.kbsserver.site.SiteSettings;
import io.kbsserver.testing.Requirement;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Through an nginx that is configured as the documentation says, every address leads back to it.
 */
class NginxTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("target", "nginx");
  private static final int TICKETS = 25;
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
  private static final Pattern PART = Pattern.compile("(?:href|src)=\"(docs/[^\"]+)\"");

  /** What a client may send to be taken for another one. */
  private static final Map<String, String> LIES =
      Map.of(
          "Forwarded", "for=192.0.2.66;host=evil.example;proto=http",
          "X-Forwarded-Host", "evil.example",
          "X-Forwarded-Proto", "http",
          "X-Forwarded-Port", "666",
          "X-Forwarded-Prefix", "/evil",
          "X-Forwarded-For", "192.0.2.66");

  private static TestServer server;
  private static Certificate certificate;
  private static HttpClient client;
  private static String authorization;

  /** How the server is reached. */
  enum Setup {
    ONE_PROXY("nginx", "", false),
    BELOW_A_PATH("Below a path", "/desk", false),
    TWO_PROXIES("nginx", "", true),
    TWO_PROXIES_BELOW_A_PATH("Below a path", "/desk", true);

    private final String heading;
    private final String path;
    private final boolean chain;

    Setup(String heading, String path, boolean chain) {
      this.heading = heading;
      this.path = path;
      this.chain = chain;
    }
  }

  @BeforeAll
  static void open() throws Exception {
    if (Nginx.program().isEmpty()) {
      return;
    }
    String url = TestDatabase.get().createMigratedSchema("behind_nginx");
    server = TestServer.through(url, url, Map.of());
    // Numbers whose slash has to be percent-encoded on its way.
    server.bean(SiteSettings.class).set("ticket_suffix", "/DE");
    UserAccounts accounts = server.bean(UserAccounts.class);
    accounts.add("mona", "mona@example.org", "Mona", "support_manager");
    String login = "mona:" + accounts.addPassword("mona", "test").password();
    authorization =
        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    certificate = Certificate.make(FOLDER);
    client = HttpClient.newBuilder().sslContext(certificate.trust()).build();
    for (int i = 0; i < TICKETS; i++) {
      assertEquals(200, create("http://localhost:" + server.port()).statusCode());
    }
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyAddressLeadsBackThroughTheProxy() {
    return Arrays.stream(Setup.values())
        .map(
            setup ->
                Requirement.NGINX.test(
                    setup.name(), Nginx.obstacle(), () -> everyAddressLeadsBack(setup)));
  }

  private static void everyAddressLeadsBack(Setup setup) throws Exception {
    int port = freePort();
    int inner = freePort();
    DocumentedConfiguration outer =
        DocumentedConfiguration.under(setup.heading)
            .with("listen 443 ssl;", "listen 127.0.0.1:" + port + " ssl;")
            .with("/etc/ssl/certs/help.example.com.pem", certificate.certificate())
            .with("/etc/ssl/private/help.example.com.key", certificate.key())
            .with("127.0.0.1:8080", "127.0.0.1:" + (setup.chain ? inner : server.port()));
    DocumentedConfiguration behind =
        DocumentedConfiguration.under("Two proxies in a row")
            .with("listen 8081;", "listen 127.0.0.1:" + inner + ";")
            .with("127.0.0.1:8080", "127.0.0.1:" + server.port());
    Path folder = FOLDER.resolve(setup.name().toLowerCase(Locale.ROOT));
    try (Nginx first = Nginx.start(folder.resolve("outer"), outer.toString(), port);
        Nginx second = Nginx.start(folder.resolve("inner"), behind.toString(), inner)) {
      String site = "https://localhost:" + port + setup.path;
      index(site);
      pages(site);
      create(site, setup.path);
      documents(site);
      reference(site);
      head(site);
      assertTrue(first.isRunning() && second.isRunning());
    }
  }

  private static void index(String site) throws Exception {
    HttpResponse<String> answer = get(site + "/wp-json/");
    JsonNode index = JSON.readTree(answer.body());
    assertEquals(site, index.path("url").asText());
    assertEquals(site, index.path("home").asText());
    assertEquals(
        "<" + site + "/wp-json/>; rel=\"https://api.w.org/\"",
        answer.headers().firstValue("Link").orElseThrow());
    assertEquals(
        site + "/wp-json/",
        JSON.readTree(get(site + "/wp-json/kbs/v1").body()).at("/_links/up/0/href").asText());
  }

  /** Follows the links from page to page, as clients do. */
  private static void pages(String site) throws Exception {
    List<Long> seen = new ArrayList<>();
    String page = site + "/wp-json/kbs/v1/tickets?per_page=10";
    while (page != null) {
      HttpResponse<String> answer = get(page);
      assertEquals(200, answer.statusCode(), answer.body());
      for (JsonNode ticket : JSON.readTree(answer.body())) {
        seen.add(ticket.path("id").asLong());
        String self = ticket.at("/_links/self/0/href").asText();
        assertTrue(self.startsWith(site + "/wp-json/kbs/v1/tickets/"), self);
      }
      Matcher next = NEXT.matcher(answer.headers().firstValue("Link").orElseThrow());
      page = next.find() ? next.group(1) : null;
      assertTrue(page == null || page.startsWith(site + "/wp-json/kbs/v1/tickets?"), page);
      assertEquals(
          server.number("SELECT COUNT(*) FROM ticket"),
          answer.headers().firstValueAsLong("X-WP-Total").orElseThrow());
    }
    assertEquals(server.number("SELECT COUNT(*) FROM ticket"), new HashSet<>(seen).size());
  }

  private static void create(String site, String path) throws Exception {
    HttpResponse<String> created = create(site);
    assertEquals(200, created.statusCode(), created.body());
    String location = created.headers().firstValue("Location").orElseThrow();
    JsonNode ticket = JSON.readTree(created.body());
    assertEquals(site + "/wp-json/kbs/v1/tickets/" + ticket.path("id").asLong(), location);
    assertEquals(200, get(location).statusCode());
    String number = ticket.at("/ticket_data/number").asText();
    assertTrue(number.endsWith("/DE"), number);
    HttpResponse<String> found =
        get(site + "/wp-json/kbs/v1/tickets/" + number.replace("/", "%2F"));
    assertEquals(ticket.path("id"), JSON.readTree(found.body()).path("id"), path + found.body());
    // What the client says of its address is not what the proxy says.
    assertEquals(0, server.number("SELECT COUNT(*) FROM ticket WHERE user_ip <> '127.0.0.1'"));
  }

  private static void documents(String site) throws Exception {
    for (String name : List.of("openapi", "openapi-generators")) {
      JsonNode json = JSON.readTree(get(site + "/" + name + ".json").body());
      assertEquals(site + "/wp-json", json.at("/servers/0/url").asText());
      String yaml = get(site + "/" + name + ".yaml").body();
      assertTrue(yaml.contains("- url: " + site + "/wp-json\n"), name);
    }
  }

  /** The page finds its parts, and the document with the server that it sends requests to. */
  private static void reference(String site) throws Exception {
    String page = get(site + "/docs").body();
    Set<String> parts = new HashSet<>();
    PART.matcher(page).results().forEach(part -> parts.add(part.group(1)));
    assertTrue(parts.size() >= 3, page);
    for (String part : parts) {
      assertEquals(200, get(URI.create(site + "/docs").resolve(part).toString()).statusCode());
    }
    HttpResponse<String> slash = get(site + "/docs/");
    assertEquals(308, slash.statusCode());
    URI leads = URI.create(site + "/docs/").resolve(slash.headers().firstValue("Location").get());
    assertEquals(URI.create(site + "/docs"), leads);
    assertTrue(get(site + "/").body().contains("href=\"docs\""));
  }

  private static void head(String site) throws Exception {
    String address = site + "/wp-json/kbs/v1/tickets?per_page=10";
    HttpResponse<String> head =
        client.send(
            request(address).method("HEAD", BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    HttpResponse<String> get = get(address);
    for (String name : List.of("Content-Length", "Content-Type", "Link", "Allow", "Vary")) {
      assertEquals(get.headers().firstValue(name), head.headers().firstValue(name), name);
      assertTrue(head.headers().firstValue(name).isPresent(), name);
    }
  }

  private static HttpResponse<String> create(String site) throws Exception {
    String body =
        """
        {"customer_first":"Nina","customer_last":"Newman","customer_email":"nina@example.org",
         "ticket_title":"The printer does not answer","ticket_content":"It was fine yesterday."}
        """;
    HttpRequest request =
        request(site + "/wp-json/kbs/v1/tickets")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String address) throws Exception {
    HttpResponse<String> answer = client.send(request(address).build(), BodyHandlers.ofString());
    for (String lie : List.of("evil.example", "/evil", "192.0.2.66", ":666/")) {
      assertFalse(answer.headers().toString().contains(lie), answer.headers()::toString);
      assertFalse(answer.body().length() < 1_000_000 && answer.body().contains(lie), lie);
    }
    return answer;
  }

  /** One with a login; through a proxy, one that lies about where it comes from. */
  private static HttpRequest.Builder request(String address) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address)).header("Authorization", authorization);
    if (address.startsWith("https:")) {
      LIES.forEach(request::header);
    }
    return request;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
