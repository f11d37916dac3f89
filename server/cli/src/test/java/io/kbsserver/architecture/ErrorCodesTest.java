package io.kbsserver.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.contract.ContractFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The contract explains every code of an error that stands in the server, and no other; {@code
 * docs/errors.md} shows them, and {@code -Ddocs.write} writes it anew. That the status is right as
 * well is seen by the watch over the contract, answer by answer.
 */
class ErrorCodesTest {

  private static final Path DOCUMENT = Path.of("..", "..", "docs", "errors.md");
  private static final Pattern WRITTEN =
      Pattern.compile("(?<=<!-- from the contract -->\n).*?(?=<!-- end -->)", Pattern.DOTALL);

  /** What is thrown with a code of its own, and what one parameter is said to be. */
  private static final Pattern REFUSAL =
      Pattern.compile(
          "(?:new (?:Fault|Conflict|InvalidParameters|NotAllowed|NotFound|NotThere|Outdated"
              + "|RestException|Unavailable|Unprocessable|Unsupported|UnwantedFile)"
              + "|InvalidParameters\\.of|ErrorResponses\\.of|= of|super)"
              + "\\(\\s*(?:HttpStatus\\.\\w+,\\s*)?\"([a-z_]+)\",\\s*(?!new )[^\\s)]");

  /** WordPress's own prefix, wherever it stands. */
  private static final Pattern PREFIXED = Pattern.compile("\"(rest_[a-z_]+)\"");

  /** A parameter of WordPress. */
  private static final Set<String> NO_CODES = Set.of("rest_route");

  /** Examples of the contract are answered where nobody is let in, see AuthorizationFailures. */
  private static final Set<String> OF_EXAMPLES = Set.of("rest_not_logged_in");

  private static final JsonNode CODES =
      ContractFile.read(new String(ContractFile.packaged(), StandardCharsets.UTF_8))
          .path("x-kbs-error-codes");

  @Test
  void theContractExplainsEveryCodeOfTheServer() throws IOException {
    Set<String> explained = new TreeSet<>();
    CODES.fieldNames().forEachRemaining(explained::add);
    Set<String> answered = new TreeSet<>(OF_EXAMPLES);
    for (Path file : House.filesOf(".")) {
      answered.addAll(codes(Files.readString(file)));
    }
    assertTrue(answered.size() > OF_EXAMPLES.size(), "There are sources");
    assertEquals(String.join("\n", answered), String.join("\n", explained));
  }

  @Test
  void codesAreFoundHoweverTheyAreThrown() {
    assertEquals(
        Set.of("a_a", "b_b", "c_c", "d_d", "rest_e", "rest_f"),
        codes(
            """
            throw new InvalidParameters("a_a", "A.", faults);
            new InvalidParameters("field", new Fault("b_b", "B."));
            super("c_c", "C.", Map.of());
            new RestException(
                HttpStatus.BAD_REQUEST, "d_d", "D.");
            InvalidParameters.of("rest_e", "page", "E.");
            check(owner, caller, "rest_f");
            query.get("rest_route");
            """));
  }

  @Test
  void theDocumentShowsThem() throws IOException {
    StringBuilder table =
        new StringBuilder("\n| code | status | what it means |\n| --- | --- | --- |\n");
    for (Map.Entry<String, JsonNode> code : CODES.properties()) {
      List<String> places = new ArrayList<>();
      code.getValue().path("status").forEach(status -> places.add(status.asText()));
      if (code.getValue().path("detail").asBoolean()) {
        places.add("detail");
      }
      table.append(
          "| `%s` | %s | %s |\n"
              .formatted(
                  code.getKey(),
                  String.join(", ", places),
                  code.getValue().path("description").asText()));
    }
    table.append("\n");
    String document = Files.readString(DOCUMENT);
    if (System.getProperty("docs.write") != null) {
      document = WRITTEN.matcher(document).replaceFirst(Matcher.quoteReplacement(table.toString()));
      Files.writeString(DOCUMENT, document);
    }
    Matcher shown = WRITTEN.matcher(document);
    assertTrue(shown.find(), "No place for the codes in " + DOCUMENT);
    assertEquals(
        table.toString(),
        shown.group(),
        "The codes are others: CONTRIBUTING.md has the command that writes them anew");
  }

  private static Set<String> codes(String source) {
    Set<String> codes = new TreeSet<>();
    Stream.of(REFUSAL, PREFIXED)
        .flatMap(pattern -> pattern.matcher(source).results())
        .forEach(found -> codes.add(found.group(1)));
    codes.removeAll(NO_CODES);
    return codes;
  }
}
