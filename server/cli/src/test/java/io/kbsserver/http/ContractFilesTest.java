package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The contract, for everybody who asks. */
class ContractFilesTest {

  @Test
  void theContractIsServedAsItStandsButForItsServer() throws IOException {
    JsonNode served = served("/openapi", "/openapi/kbs-v1.yaml");
    assertFalse(served.path("paths").isEmpty());
    // An alias of YAML stands for what it names.
    assertTrue(served.at("/components/examples/TicketList/value/0").has("id"));
  }

  @Test
  void theViewForGeneratorsIsServedBesideIt() throws IOException {
    JsonNode served = served("/openapi-generators", "/openapi/kbs-v1-generators.yaml");
    JsonNode ticket = served.at("/components/schemas/Ticket/properties");
    assertTrue(ticket.has("_links"));
    assertFalse(ticket.has("links"));
  }

  /**
   * What is served as JSON, which is what the packaged file says and is served as YAML: to the
   * byte, but for the address of the server.
   */
  private static JsonNode served(String address, String resource) throws IOException {
    HttpApi everybody = TestServer.fresh().anonymous().with("X-Forwarded-Prefix", "/desk");
    String server = TestServer.fresh().address() + "/desk/wp-json";
    String yaml = get(everybody, address + ".yaml").assertOk().body();
    String file;
    try (InputStream in = ContractFilesTest.class.getResourceAsStream(resource)) {
      file = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertNotEquals(file, yaml);
    int place = file.indexOf("/wp-json", file.indexOf("\nservers:"));
    assertEquals(
        file.substring(0, place) + server + file.substring(place + "/wp-json".length()), yaml);

    JsonNode json = get(everybody, address + ".json").assertOk().json();
    assertEquals(read(yaml), json);
    assertEquals(server, json.at("/servers/0/url").asText());
    assertEquals(1, json.path("servers").size());
    JsonNode tree = read(file);
    assertEquals("/wp-json", tree.at("/servers/0/url").asText());
    JsonNode same = json.deepCopy();
    ((ObjectNode) same.at("/servers/0")).put("url", "/wp-json");
    assertEquals(tree, same);
    return json;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openapi.yaml",
        "/openapi.json",
        "/openapi-generators.yaml",
        "/openapi-generators.json"
      })
  void pagesOfEveryOriginMayReadIt(String path) {
    HttpApi anybody = TestServer.fresh().anonymous();
    List<HttpApi> pages =
        List.of(anybody, anybody.with("Origin", "https://a.b"), anybody.with("Origin", "null"));
    for (HttpApi page : pages) {
      for (String method : List.of("GET", "HEAD", "OPTIONS")) {
        Answer answer = page.send(method, path, null, null);
        assertEquals("*", answer.header("Access-Control-Allow-Origin"), answer::toString);
        assertEquals("", answer.header("Access-Control-Allow-Credentials"));
      }
      Answer asked =
          page.with("Access-Control-Request-Method", "GET")
              .with("Access-Control-Request-Headers", "authorization, x-requested-with")
              .send("OPTIONS", path, null, null);
      assertEquals(204, asked.status());
      assertEquals("GET, HEAD, OPTIONS", asked.header("Allow"));
      assertEquals("GET, HEAD, OPTIONS", asked.header("Access-Control-Allow-Methods"));
      assertEquals("*, Authorization", asked.header("Access-Control-Allow-Headers"));
    }
    anybody.send("POST", path, null, null).assertError(404, "rest_no_route");
  }

  /** Whoever opens it in a browser sees it; others are told what it is. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "text/html,application/xml;q=0.9,*/*;q=0.8 => text/plain; charset=UTF-8",
        "text/html => text/plain; charset=UTF-8",
        "*/* => application/yaml",
        "application/json => application/yaml",
        "application/yaml, text/html;q=0.1 => application/yaml",
        "image/png => application/yaml"
      })
  void yamlIsShownInABrowser(String accept, String type) {
    HttpApi api = TestServer.fresh().anonymous().with("Accept", accept);
    for (String name : List.of("/openapi", "/openapi-generators")) {
      Answer yaml = get(api, name + ".yaml").assertOk();
      assertEquals(type, yaml.header("Content-Type"));
      assertEquals("", yaml.header("Content-Disposition"));
      assertTrue(yaml.header("Vary").startsWith("Accept"));
      Answer json = get(api, name + ".json").assertOk();
      assertEquals("application/json", json.header("Content-Type"));
    }
  }

  /** Who has a file asks whether it is still the same, also as a page of another origin. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openapi.yaml",
        "/openapi.json",
        "/openapi-generators.yaml",
        "/openapi-generators.json"
      })
  void whoHasItNeedNotReadItAgain(String path) {
    HttpApi anybody = TestServer.fresh().anonymous();
    Answer read = get(anybody, path).assertOk();
    String tag = read.header("ETag");
    assertTrue(tag.matches("\"[0-9a-f]{64}\""), tag);
    assertEquals("ETag", read.header("Access-Control-Expose-Headers"));
    assertEquals("no-cache", read.header("Cache-Control"));
    assertEquals(tag, anybody.send("HEAD", path, null, null).header("ETag"));
    for (String known : List.of(tag, "\"x\", W/" + tag, "*")) {
      Answer same = get(anybody.with("If-None-Match", known), path);
      assertEquals(304, same.status());
      assertEquals("", same.body());
      assertEquals(tag, same.header("ETag"));
      assertEquals("*", same.header("Access-Control-Allow-Origin"));
      assertTrue(same.header("Vary").startsWith(read.header("Vary")), same::toString);
    }
    for (String other : List.of("\"x\"", tag.replace("\"", ""))) {
      assertEquals(read.body(), get(anybody.with("If-None-Match", other), path).assertOk().body());
    }
    // Another address is another file, and so is another type of content.
    HttpApi elsewhere = anybody.with("X-Forwarded-Prefix", "/desk").with("If-None-Match", tag);
    assertNotEquals(tag, get(elsewhere, path).assertOk().header("ETag"));
    if (path.endsWith(".yaml")) {
      HttpApi browser = anybody.with("Accept", "text/html").with("If-None-Match", tag);
      assertNotEquals(tag, get(browser, path).assertOk().header("ETag"));
    }
  }

  @Test
  void whatTheContractRefersToIsThere() {
    HttpApi anybody = TestServer.fresh().anonymous();
    JsonNode contract = get(anybody, "/openapi.json").assertOk().json();
    String docs = contract.at("/externalDocs/url").asText();
    assertEquals("/docs", URI.create("/openapi.json").resolve(docs).toString());
    get(anybody, "/docs").assertOk();
  }

  private static Answer get(HttpApi api, String path) {
    return api.send("GET", path, null, null);
  }

  /** Not by the reader that the server makes JSON with, which would be compared with itself. */
  private static JsonNode read(String yaml) {
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return new ObjectMapper().valueToTree(tree);
  }
}
