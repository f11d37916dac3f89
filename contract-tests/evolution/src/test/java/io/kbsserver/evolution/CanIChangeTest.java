package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kbsserver.spec.Expectations;
import io.kbsserver.testing.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever file is asked about, there is an answer, and its last line says which. */
class CanIChangeTest {

  private static final String SCHEMAS = "/components/schemas";
  private static final String CORE = "#/components/schemas/Core";
  private static final String TICKETS = "/paths/~1kbs~1v1~1tickets";
  private static final String TICKET = "/paths/~1kbs~1v1~1tickets~1{idOrNumber}";
  private static final String EVERYBODY =
      "breaks agents-dashboard, agents-mobile, billing-sync, customer-portal, intake-form,"
          + " phone-desk, shell-scripts, clients of 1.0.0";
  private static final Edition RELEASED = Edition.read(Edition.RELEASED.resolve("1.0.0.yaml"));
  private static final LocalDate DAY = LocalDate.of(2026, 6, 1);

  @TempDir private Path folder;

  /** Other ways to say what the release says. */
  @TestFactory
  Stream<DynamicTest> whatMeansTheSameIsSafe() {
    Map<String, Edit[]> ways = new LinkedHashMap<>();
    ways.put("as it was released", new Edit[0]);
    ways.put("keys in another order", edits(Edit.reverseKeys()));
    ways.put(
        "nothing by reference but schemas",
        edits(
            contract -> inline(contract, contract, Set.of("schemas")),
            Edit.remove("/components/responses"),
            Edit.remove("/components/parameters"),
            Edit.remove("/components/requestBodies")));
    ways.put("a response for all of a kind", edits(general("4XX")));
    ways.put("a response for all others", edits(general("default")));
    ways.put(
        "a schema in two parts",
        edits(
            contract -> {
              ObjectNode ticket = (ObjectNode) contract.at(SCHEMAS + "/Ticket");
              ObjectNode part = ticket.deepCopy();
              ticket.removeAll();
              ticket.putArray("allOf").add(part).addObject().put("description", "A ticket");
            }));
    ways.put(
        "a reference in allOf",
        edits(
            Edit.set(
                SCHEMAS + "/Ticket/properties/title",
                "{description: The title., allOf: [{$ref: '#/components/schemas/RenderedText'}]}")));
    ways.put(
        "one part by two ways",
        edits(
            contract -> {
              ObjectNode schemas = (ObjectNode) contract.at(SCHEMAS);
              schemas.set("Core", schemas.get("Ticket").deepCopy());
              for (String half : List.of("Left", "Right")) {
                schemas.putObject(half).putArray("allOf").addObject().put("$ref", CORE);
              }
              ObjectNode ticket = (ObjectNode) schemas.get("Ticket");
              ticket.removeAll();
              ticket.putArray("allOf").addObject().put("$ref", CORE.replace("Core", "Left"));
              ticket.withArray("allOf").addObject().put("$ref", CORE.replace("Core", "Right"));
            }));
    ways.put(
        "a path elsewhere",
        edits(
            contract -> {
              ObjectNode paths = (ObjectNode) contract.get("paths");
              contract.set(
                  "x-paths", contract.objectNode().set("tickets", paths.get("/kbs/v1/tickets")));
              paths.putObject("/kbs/v1/tickets").put("$ref", "#/x-paths/tickets");
            }));
    ways.put(
        "a reference in percents",
        edits(
            contract -> {
              ObjectNode parameters = (ObjectNode) contract.at(TICKET);
              contract.set("x-{here}", parameters.remove("parameters").get(0));
              parameters.putArray("parameters").addObject().put("$ref", "#/x-%7Bhere%7D");
            }));
    ways.put("a reference to a reference", edits(chain()));
    ways.put("no operationId", edits(contract -> withoutIds(contract.get("paths"))));
    ways.put("tags that are empty", edits(Edit.set("/tags", "null")));
    return ways.entrySet().stream()
        .map(way -> dynamicTest(way.getKey(), () -> assertSafe(Edit.of(RELEASED, way.getValue()))));
  }

  /** More than there was, in shapes that the release does not have. */
  @TestFactory
  Stream<DynamicTest> whatIsNewIsSafe() {
    Map<String, String> paths = new LinkedHashMap<>();
    paths.put("nothing but a default", "{get: {responses: {default: {description: Any}}}}");
    paths.put(
        "a schema in itself",
        "{get: {responses: {'200': {description: A tree, content: {application/json: {schema:"
            + " {$ref: '#/components/schemas/Tree'}}}}}}}");
    paths.put(
        "alternatives",
        "{get: {responses: {2XX: {description: Either, content: {application/json: {schema:"
            + " {oneOf: [{type: string}, {anyOf: [{type: integer}, {not: {type: array}}]}]}}}}}}}");
    paths.put(
        "a parameter with content, a header by reference, and a body without a schema",
        "{post: {parameters: [{name: q, in: query, content: {application/json: {}}},"
            + " {name: c, in: cookie, schema: {type: string}}], requestBody: {content: {text/plain: {}}},"
            + " responses: {201: {description: Made, headers: {Location: {$ref:"
            + " '#/components/headers/Preference-Applied'}, X: {description: No schema}}}}}}");
    paths.put(
        "a callback and a link",
        "{post: {responses: {204: {description: Fine, links: {next: {operationId: listTickets}}}},"
            + " callbacks: {done: {'{$request.query.url}': {post: {responses: {200: {description:"
            + " Taken}}}}}}}}");
    paths.put("nothing", "{}");
    return paths.entrySet().stream()
        .map(
            path ->
                dynamicTest(
                    path.getKey(),
                    () ->
                        assertSafe(
                            Edit.of(
                                RELEASED,
                                Edit.add("/paths/~1kbs~1v1~1new", path.getValue()),
                                Edit.add(
                                    SCHEMAS + "/Tree",
                                    "{type: object, properties: {kids: {type: array, items: {$ref:"
                                        + " '#/components/schemas/Tree'}}, up: {allOf: [{$ref:"
                                        + " '#/components/schemas/Tree'}]}}}")))));
  }

  @Test
  void clientsBreakThoughNoPactSaysSo() throws IOException {
    Edition changed = Edit.of(RELEASED, Edit.remove(SCHEMAS + "/Link/properties/embeddable"));
    CanIChange answer = ask(changed.tree().toString());
    assertEquals("breaks clients of 1.0.0", answer.verdict());
    assertEquals(CanIChange.BREAKS_CLIENTS, answer.status());
    assertEquals("[]", answer.told().at("/consumers/billing-sync").toString());
    assertTrue(
        answer.told().path("breaking").toString().contains("links.self[].embeddable is gone"));
    assertTrue(answer.report().contains("links.self[].embeddable is gone"), answer.report());
    // A new version tells clients, and helps none of them.
    Edition next = Edit.of(changed, Edit.set("/info/version", "2.0.0"));
    assertEquals("breaks clients of 1.0.0", ask(next.tree().toString()).verdict());
  }

  /** What one part does not allow is allowed by none. */
  @Test
  void nullGoesWithThePartThatIsNeverNull() throws IOException {
    String property = SCHEMAS + "/TicketUpdate/properties/status";
    String text = "{allOf: [{type: string, nullable: true}, {type: string%s}]}";
    CanIChange same =
        ask(
            Edit.of(RELEASED, Edit.set(property, text.formatted(", nullable: true")))
                .tree()
                .toString());
    assertEquals("safe", same.verdict(), same.report());
    CanIChange never =
        ask(Edit.of(RELEASED, Edit.set(property, text.formatted(""))).tree().toString());
    assertEquals("breaks clients of 1.0.0", never.verdict(), never.report());
  }

  /** It breaks nobody until a client is generated anew, and is told all the same. */
  @Test
  void namesInGeneratedClientsAreNamed() throws IOException {
    Edition changed =
        Edit.of(
            RELEASED,
            Edit.set(TICKETS + "/get/tags", "[Cases]"),
            Edit.set(TICKETS + "/get/operationId", "getTickets"));
    CanIChange answer = ask(changed.tree().toString());
    assertEquals("safe", answer.verdict());
    assertEquals(CanIChange.SAFE, answer.status());
    String renamed = answer.told().path("renamed").toString();
    assertTrue(renamed.contains("has another operationId (GET /kbs/v1/tickets)"), renamed);
    assertTrue(renamed.contains("has the tags [\\\"Cases\\\"]"), renamed);
    assertTrue(
        answer.report().contains("\nClients generated anew\n  ~ has another operationId"),
        answer.report());
  }

  @Test
  void nothingIsLeft() throws IOException {
    CanIChange answer = ask("{openapi: 3.0.3, info: {}, paths: {}}");
    assertEquals(EVERYBODY, answer.verdict());
    assertEquals(CanIChange.BREAKS_CONSUMERS, answer.status());
    assertEquals("breaks", answer.told().path("verdict").asText());
    assertFalse(answer.told().at("/consumers/billing-sync").isEmpty());
    assertEquals("1.0.0", answer.told().path("released").asText());
    assertEquals(EVERYBODY, ask("openapi: 3.0.0\ninfo: {title: A, version: v1}\n").verdict());
  }

  @Test
  void aVersionThatIsNoneIsNoReasonToFail() throws IOException {
    CanIChange answer = ask(Edit.of(RELEASED, Edit.set("/info/version", "v2")).tree().toString());
    assertEquals("safe", answer.verdict());
    assertTrue(
        answer.report().contains("version is three numbers, such as 1.1.0"), answer.report());
  }

  @Test
  void jsonWithTabsAndYamlWithAliasesCanBeRead() throws IOException {
    String json = RELEASED.tree().toPrettyString().replace("  ", "\t");
    assertEquals("safe", ask("\uFEFF" + json).verdict());
    String yaml = Files.readString(Edition.RELEASED.resolve("1.0.0.yaml"));
    String aliases = "x-all:\n  - &all {a: 1}\n" + "  - *all\n".repeat(100);
    assertEquals("safe", ask(yaml + aliases).verdict());
  }

  /** Why nothing can be said, by what the file is. */
  @Test
  void nothingCanBeSaidOf() throws IOException {
    Path file = folder.resolve("asked.yaml");
    assertUnsaid("%s is no OpenAPI file", "");
    assertUnsaid("%s is no OpenAPI file", "- openapi: 3.0.3");
    assertUnsaid("%s is no OpenAPI file", "title: Something else");
    assertUnsaid("%s is OpenAPI 3.1.0, and only OpenAPI 3.0 can be judged", "openapi: 3.1.0");
    assertUnsaid("%s is Swagger 2.0, and only OpenAPI 3.0 can be judged", "swagger: '2.0'");
    assertUnsaid("%s is neither YAML nor JSON (line 2: ", "openapi: 3.0.3\na: b: c");
    String missing = "openapi: 3.0.3\npaths: {/a: {$ref: '%s'}}";
    assertUnsaid(
        "it refers to #/b, and there is no such part (at #/paths/~1a)", missing.formatted("#/b"));
    assertUnsaid(
        "it refers to b.yaml#/c, which is not in the file", missing.formatted("b.yaml#/c"));
    assertUnsaid(
        "the reference #/paths/~1a leads back to itself", missing.formatted("#/paths/~1a"));
    assertUnsaid(
        "%s is no valid OpenAPI: attribute paths.'/a'(get).parameters is not of type `array`",
        "openapi: 3.0.3\ninfo: {title: A, version: '1'}\n"
            + "paths: {/a: {get: {parameters: {a: 1}, responses: {200: {description: A}}}}}");
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xE4});
    assertEquals("cannot say, since " + file + " is not written in UTF-8", ask(file).verdict());
    assertEquals("cannot say, since " + folder + " is a folder", ask(folder).verdict());
    Path nowhere = folder.resolve("nowhere.yaml");
    assertEquals("cannot say, since there is no file " + nowhere, ask(nowhere).verdict());
  }

  /** What is wrong in the tree is not told of the file. */
  @Test
  void itSaysNothingWhereReleasesAreNotWhatTheyWere() throws IOException {
    Path file = Files.writeString(folder.resolve("asked.yaml"), RELEASED.tree().toString());
    Path releases = Files.createDirectory(folder.resolve("released"));
    Files.writeString(releases.resolve("SHA256SUMS"), "<<<<<<< HEAD\n");
    Supplier<Gate> gate = () -> new Gate(Edition.releases(releases), "", DAY);
    String why = "SHA256SUMS has the line \"<<<<<<< HEAD\"";
    for (Path asked : List.of(file, folder, folder.resolve("nowhere.yaml"))) {
      CanIChange answer = CanIChange.of(asked, PactFile::ofFirstRelease, gate);
      assertEquals(CanIChange.CANNOT_SAY, answer.status());
      assertTrue(answer.verdict().contains(why), answer.verdict());
    }
    Files.write(releases.resolve("SHA256SUMS"), new byte[] {(byte) 0xE4});
    String unread = CanIChange.of(file, PactFile::ofFirstRelease, gate).verdict();
    assertTrue(unread.startsWith("cannot say, since the releases in the tree"), unread);
  }

  /** A file that is asked about may name other hosts, and none of them is told so. */
  @Test
  void nothingIsFetched() throws Exception {
    try (Visits visits = new Visits()) {
      String there = "http://127.0.0.1:%d/other.yaml".formatted(visits.port());
      String refused = "it refers to %s#/a, which is not in the file".formatted(there);
      String other = "{$ref: '%s#/a'}".formatted(there);
      for (Edit edit :
          List.of(
              Edit.add("/paths/~1a", other),
              Edit.set(SCHEMAS + "/Ticket", other),
              Edit.set(SCHEMAS + "/Ticket/properties/title", "{allOf: [%s]}".formatted(other)),
              Edit.append(TICKETS + "/get/parameters", other),
              Edit.set(TICKETS + "/get/responses/200", other),
              Edit.set(
                  "/components/responses/BadRequest/content/application~1json/examples",
                  "{one: %s}".formatted(other)),
              Edit.add(
                  SCHEMAS + "/Ticket/properties/default",
                  "{type: array, items: %s}".formatted(other)),
              Edit.set(TICKETS + "/post/requestBody", other),
              Edit.add(TICKETS + "/post/callbacks", "{done: %s}".formatted(other)),
              Edit.add("/components/links", "{next: %s}".formatted(other)),
              Edit.set(
                  SCHEMAS + "/Ticket/properties/title",
                  "{oneOf: [{type: object}], discriminator: {propertyName: kind, mapping: {one: '%s#/a'}}}"
                      .formatted(there)),
              Edit.add("/components/links", "{next: {operationRef: '%s#/a'}}".formatted(there)))) {
        Edition asked = Edit.of(RELEASED, edit);
        CanIChange answer = ask(asked.tree().toString());
        String told = answer.verdict();
        assertTrue(told.startsWith("cannot say, since " + refused + " (at #/"), told);
        assertEquals(CanIChange.CANNOT_SAY, answer.status());
        // Nor by the gate of the build, which reads the file as it is.
        Gate gate = new Gate(List.of(RELEASED), "", DAY);
        assertEquals(
            told,
            "cannot say, since "
                + assertThrows(Unjudgeable.class, () -> gate.findings(asked)).getMessage());
      }
      // Where the file is no valid OpenAPI either, another parser is asked what is wrong with it.
      Files.writeString(
          folder.resolve("none.yaml"),
          "openapi: 3.0.3\npaths: {/a: {get: {parameters: {b: %s}}}}".formatted(other));
      AskedFile.mistake(folder.resolve("none.yaml"));
      Program program = run("none.yaml");
      assertEquals(CanIChange.CANNOT_SAY, program.status(), program::output);
      assertTrue(program.output().contains(refused), program::output);
      Program address = run(there);
      assertEquals(CanIChange.CANNOT_SAY, address.status(), address::output);
      assertEquals(0, visits.count());
    }
  }

  /** Somebody on this host who counts who comes. */
  private static final class Visits implements AutoCloseable {

    private static final int LAST = 1;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger count = new AtomicInteger();
    private final CountDownLatch last = new CountDownLatch(1);

    Visits() throws IOException {
      Thread porter = new Thread(this::open, "visits");
      porter.setDaemon(true);
      porter.start();
    }

    private void open() {
      while (true) {
        try (Socket visitor = listener.accept()) {
          if (visitor.getInputStream().read() == LAST) {
            last.countDown();
          } else {
            count.incrementAndGet();
          }
        } catch (IOException e) {
          return;
        }
      }
    }

    int port() {
      return listener.getLocalPort();
    }

    /** How many have come: whoever came before has been counted when the last one is let in. */
    int count() throws IOException, InterruptedException {
      try (Socket visitor = new Socket(listener.getInetAddress(), port())) {
        visitor.getOutputStream().write(LAST);
        assertTrue(last.await(1, TimeUnit.MINUTES));
      }
      return count.get();
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }

  /** A clone may end lines as Windows does, and editors anywhere. */
  @Test
  void theEndsOfLinesMeanNothing() throws IOException {
    String text = Files.readString(Edition.WORKING);
    String other = text.replace("\n", "\r\n");
    assertEquals(Edition.parse(text), Edition.parse(other));
    assertEquals(Edition.parse(text).digest(), Edition.parse(other).digest());
    String changed = text.replace("    Link:\n", "    Connection:\n");
    assertFalse(changed.equals(text));
    String changelog = "# Changelog\n\n- Contract 1.9.0: all of it.\n";
    for (String asked : List.of(text, changed)) {
      assertEquals(
          ask(asked, changelog), ask(asked.replace("\n", "\r\n"), changelog.replace("\n", "\r\n")));
    }
    Path pact = Edition.HOUSE.resolve("contract-tests/pacts/customer-portal-kbs-server.json");
    String json = Files.readString(pact);
    List<String> findings = findings(json);
    assertFalse(findings.isEmpty());
    assertEquals(findings, findings(json.replace("\n", "\r\n")));
    List<String> pin = List.of("# generated from the contract a", "class A");
    Path written = Files.writeString(folder.resolve("pin"), String.join("\r\n", pin));
    assertEquals(Pin.of(pin), Pin.of(Files.readAllLines(written)));
  }

  /** As a program of its own, from anywhere. */
  @Test
  void itNeedsNoMaven() throws IOException {
    Program safe = run("--json", Edition.WORKING.toAbsolutePath().toString());
    assertEquals(CanIChange.SAFE, safe.status(), safe::output);
    assertTrue(safe.output().startsWith("{"), safe::output);
    Files.writeString(folder.resolve("none.yaml"), "{openapi: 3.0.3, info: {}, paths: {}}");
    Program broken = run("none.yaml");
    assertEquals(CanIChange.BREAKS_CONSUMERS, broken.status(), broken::output);
    assertTrue(broken.output().contains("verdict: breaks agents-dashboard"), broken::output);
    Program pacts = run("--pacts", "nowhere", "none.yaml");
    assertEquals(CanIChange.CANNOT_SAY, pacts.status(), pacts::output);
    assertTrue(pacts.output().contains("there is no folder nowhere"), pacts::output);
    for (String wrong : List.of("--pacts", "--unknown")) {
      Program usage = run(wrong);
      assertEquals(CanIChange.CANNOT_SAY, usage.status(), usage::output);
      assertTrue(usage.output().startsWith("Usage: java -jar"), usage::output);
    }
  }

  private Program run(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of("target", "can-i-change.jar").toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    return Program.run(folder, Map.of(), Duration.ofMinutes(2), command);
  }

  private void assertUnsaid(String why, String text) throws IOException {
    CanIChange answer = ask(text);
    String expected = "cannot say, since " + why.formatted(folder.resolve("asked.yaml"));
    assertTrue(answer.verdict().startsWith(expected), answer.verdict());
    assertEquals(CanIChange.CANNOT_SAY, answer.status());
    assertEquals("cannot say", answer.told().path("verdict").asText());
    assertFalse(answer.told().path("why").asText().isEmpty());
  }

  private void assertSafe(Edition contract) throws IOException {
    CanIChange answer = ask(contract.tree().toPrettyString());
    assertEquals("safe", answer.verdict(), answer.report());
    assertEquals(CanIChange.SAFE, answer.status());
    assertEquals("safe", answer.told().path("verdict").asText());
  }

  private CanIChange ask(String text) throws IOException {
    return ask(Files.writeString(folder.resolve("asked.yaml"), text));
  }

  private CanIChange ask(String text, String changelog) throws IOException {
    Path file = Files.writeString(folder.resolve("asked.yaml"), text);
    return CanIChange.of(file, PactFile::ours, () -> new Gate(List.of(RELEASED), changelog, DAY));
  }

  /** What a pact says of a contract without tickets, each with its line. */
  private static List<String> findings(String pact) {
    Expectations contract = Edit.of(RELEASED, Edit.remove(TICKETS)).expectations();
    return PactFile.parse("pact.json", pact)
        .said()
        .flatMap(said -> said.findings(contract).stream())
        .toList();
  }

  private static CanIChange ask(Path file) {
    return CanIChange.of(
        file, PactFile::ofFirstRelease, () -> new Gate(List.of(RELEASED), "", DAY));
  }

  private static Edit[] edits(Edit... edits) {
    return edits;
  }

  /** One response in the place of all that refuse. */
  private static Edit general(String status) {
    return contract -> {
      for (JsonNode item : contract.get("paths")) {
        for (JsonNode operation : item) {
          if (operation.path("responses") instanceof ObjectNode responses) {
            List.of("400", "401", "403", "404", "413", "415").forEach(responses::remove);
            responses.putObject(status).put("$ref", "#/components/responses/BadRequest");
          }
        }
      }
    };
  }

  private static Edit chain() {
    return contract -> {
      ObjectNode parameters = (ObjectNode) contract.at("/components/parameters");
      parameters.set("Slice", parameters.get("Page"));
      parameters.putObject("Page").put("$ref", "#/components/parameters/Slice");
    };
  }

  private static void withoutIds(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove("operationId");
    }
    node.forEach(CanIChangeTest::withoutIds);
  }

  private static void inline(ObjectNode root, JsonNode node, Set<String> kept) {
    if (node instanceof ObjectNode object && object.path("$ref").isTextual()) {
      String pointer = object.get("$ref").asText().substring(1);
      if (!kept.contains(pointer.split("/")[2])) {
        object.removeAll();
        object.setAll((ObjectNode) root.at(pointer).deepCopy());
      }
    }
    node.forEach(child -> inline(root, child, kept));
  }
}
