package io.kbsserver.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.contract.ContractFile;
import io.kbsserver.reference.PrintedContract.PrintedOperation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page as the build has written it. */
class ReferencePageTest {

  private static final Path WRITTEN = Path.of("target", "classes", "web", "docs");
  private static final Pattern ELSEWHERE = Pattern.compile("https://[^\\s]+");
  private static final int FIRST_LOAD = 400_000;
  private static final PrintedContract CONTRACT =
      new PrintedContract(ContractFile.read(new String(ContractFile.packaged(), UTF_8)));

  private static Document page;

  @BeforeAll
  static void read() throws IOException {
    page = Jsoup.parse(Files.readString(WRITTEN.resolve("index.html")));
  }

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> ids = page.select("[id]").eachAttr("id");
    Set<String> anchors = new TreeSet<>(ids);
    List<String> twice = new ArrayList<>(ids);
    anchors.forEach(twice::remove);
    assertEquals(List.of(), twice, "anchors that are there more than once");
    List<String> files =
        List.of(
            "openapi.yaml", "openapi.json", "openapi-generators.yaml", "openapi-generators.json");
    List<String> lost =
        page.select("a").stream()
            .map(link -> link.attr("href"))
            .filter(
                target ->
                    target.startsWith("#")
                        ? !anchors.contains(target.substring(1))
                        : !files.contains(target) && !ELSEWHERE.matcher(target).matches())
            .toList();
    assertEquals(List.of(), lost);
    assertTrue(page.select("a[href^=#]").size() > ids.size() / 2, "There are links");
  }

  @Test
  void itGoesFromTheFirstStepsToWhatIsAskedLast() {
    List<String> order = page.select("main > section").eachAttr("id");
    assertEquals("quick-start", order.get(0));
    List<String> wanted =
        List.of(
            "authentication",
            "paging",
            "filtering",
            "errors",
            "dates",
            "strict-and-lenient",
            "retries",
            "webhooks",
            "versions",
            "Ticket",
            "tag-Tickets",
            "listTickets",
            "tag-Discovery",
            "options");
    List<String> shown = new ArrayList<>(order);
    shown.retainAll(wanted);
    assertEquals(wanted, shown);
    assertEquals("tag-Tickets", page.select("section.group").get(0).id());
    assertEquals("options", order.get(order.size() - 1));
  }

  @Test
  void everyOperationAndEveryCodeHasAnAnchor() {
    List<String> missing = new ArrayList<>();
    for (String where : List.of("/paths", "/x-webhooks")) {
      for (PrintedOperation operation : CONTRACT.operations(where)) {
        if (page.getElementById(operation.id()) == null) {
          missing.add(operation.id());
        }
      }
    }
    CONTRACT
        .at("/x-kbs-error-codes")
        .fieldNames()
        .forEachRemaining(
            code -> {
              if (page.getElementById(code) == null) {
                missing.add(code);
              }
            });
    assertEquals(List.of(), missing);
  }

  @Test
  void whatAParameterTakesIsPrinted() {
    List<String> hidden = new ArrayList<>();
    for (PrintedOperation operation : CONTRACT.operations("/paths")) {
      Element section = page.selectFirst("section#" + operation.id());
      if (section == null) {
        continue;
      }
      for (JsonNode parameter : CONTRACT.parameters(operation)) {
        JsonNode schema = CONTRACT.resolved(parameter.path("schema"));
        String name = parameter.path("name").asText();
        String row = rowOf(section, name);
        List<JsonNode> values = new ArrayList<>();
        schema.path("enum").forEach(values::add);
        CONTRACT.resolved(schema.path("items")).path("enum").forEach(values::add);
        if (schema.has("default") && !schema.path("default").asText("-").isEmpty()) {
          values.add(schema.path("default"));
        }
        for (JsonNode value : values) {
          String words = value.isTextual() ? value.asText() : value.toString();
          if (!row.contains(words)) {
            hidden.add(operation.id() + ": " + name + "=" + words);
          }
        }
      }
    }
    assertEquals(List.of(), hidden);
    String row = rowOf(page.getElementById("listTickets"), "per_page");
    assertTrue(row.contains("Default: 10") && row.contains("at most 100"), row);
  }

  private static String rowOf(Element section, String name) {
    return section.select("dt:has(> code)").stream()
        .filter(term -> term.selectFirst("code").text().equals(name))
        .map(term -> term.text() + " " + term.nextElementSibling().text())
        .findFirst()
        .orElse("");
  }

  @Test
  void examplesStandInFiveLanguages() {
    List<Element> operations =
        page.select("section.operation").stream()
            .filter(section -> !section.id().equals("receiveChange"))
            .toList();
    assertFalse(operations.isEmpty());
    for (Element operation : operations) {
      assertEquals(
          List.of("curl", "JavaScript", "Python", "PHP", "Java"),
          operation.select(".example > .label").eachText(),
          operation.id());
    }
    assertEquals(List.of(), page.select("code:contains(Basic username)").eachText());
    // Which would take no login beyond ASCII.
    for (String bytes : List.of("btoa('", "b\"login", "getBytes()")) {
      assertFalse(page.wholeText().contains(bytes), bytes);
    }
  }

  @Test
  void theFormIsWhereItSendsAllThatIsNeeded() {
    List<String> without =
        page.select("section.operation:not(:has(.send))").stream().map(Element::id).toList();
    assertEquals(Set.of("uploadMedia", "streamChanges", "receiveChange"), Set.copyOf(without));
  }

  @Test
  void itIsSmall() throws IOException {
    int bytes = 0;
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(WRITTEN)) {
      for (Path file : files.toList()) {
        names.add(file.getFileName().toString());
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(compressed)) {
          stream.write(Files.readAllBytes(file));
        }
        bytes += compressed.size();
      }
    }
    assertEquals(3, names.size(), names::toString);
    assertTrue(bytes < FIRST_LOAD, bytes + " bytes");
  }
}
