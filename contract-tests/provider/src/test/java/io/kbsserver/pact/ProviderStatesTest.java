package io.kbsserver.pact;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The list of states in {@code PROVIDER_STATES.md} says what the code says and does. {@code
 * -Dstates.write} writes it.
 */
class ProviderStatesTest {

  private static final Path LIST = Path.of("../PROVIDER_STATES.md");
  private static final Path FRAME = Path.of("src/test/resources/provider-states.md");
  private static final Path JAVASCRIPT = Path.of("src/test/pact-js/chat-bot.test.js");
  private static final Path JAVA =
      Path.of("../consumers/src/test/java/io/kbsserver/consumers/PhoneDeskConsumerTest.java");
  private static final String HINT =
      "%s is not what the code says. Run ./mvnw -pl contract-tests/provider -am test"
          + " -Dtest=ProviderStatesTest -Dsurefire.failIfNoSpecifiedTests=false -Dstates.write,"
          + " and review and commit what has changed.";

  private static final Pattern PARAMETER = Pattern.compile("([a-z_, ]+): (.+); ([^;]+)");
  private static final Pattern BROUGHT = Pattern.compile("([A-Za-z]+): (.+)");

  private static PactSite site;

  @AfterAll
  static void close() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void theListSaysWhatTheCodeSays() throws IOException {
    String list =
        Files.readString(FRAME)
            .replace("<!-- javascript -->", "```js\n" + example(JAVASCRIPT) + "```")
            .replace("<!-- java -->", "```java\n" + example(JAVA) + "```")
            .replace("<!-- states -->\n", described());
    if (System.getProperty("states.write") != null) {
      Files.writeString(LIST, list);
    }
    String written = Files.exists(LIST) ? Files.readString(LIST) : "";
    assertTrue(list.equals(written), () -> HINT.formatted(LIST));
  }

  /** A state asks for the parameters, and brings the values, that are said of it. */
  @TestFactory
  Stream<DynamicTest> everyStateDoesWhatIsSaidOfIt() {
    return StateParameters.states().entrySet().stream()
        .map(state -> dynamicTest(state.getKey(), () -> tryOut(state.getValue())));
  }

  private static void tryOut(Method state) throws ReflectiveOperationException {
    if (site == null) {
      site = PactSite.open();
    }
    site.renew();
    Asked asked = new Asked(Map.of("name", "ticket_prefix", "value", "HELP-", "key", "8c3f"));
    Object[] arguments = state.getParameterCount() == 0 ? new Object[0] : new Object[] {asked};
    Object brought = state.invoke(new ProviderStates(site), arguments);

    Explained explained = explained(state);
    assertEquals(StateParameters.of(state), asked.names, "Parameters");
    Set<String> values = new TreeSet<>();
    for (String value : explained.brings()) {
      values.add(parts(BROUGHT, value).group(1));
    }
    Set<?> names = brought instanceof Map<?, ?> map ? map.keySet() : Set.of();
    assertEquals(values, names, "Values");
  }

  /** By the names of what is there, and of what is not there yet. */
  @Test
  void aTicketIsWhatTheStateSaysOfIt() {
    site = site == null ? PactSite.open() : site;
    site.renew();
    ProviderStates states = new ProviderStates(site);
    Object agent = states.anAgentWorksHere(Map.of("email", "ann@example.com")).get("agentId");
    Object category = states.aCategoryExists(Map.of("name", "Network")).get("categoryId");
    Object company = states.aCompanyExists(Map.of("name", "Quay Ltd")).get("companyId");
    Map<String, Object> given =
        Map.of(
            "category", "Network",
            "tag", "urgent",
            "department", "Workshop",
            "company", "Quay Ltd",
            "agents", "ann@example.com",
            "status", "waiting");
    states.aStatusIsRegistered(Map.of());
    Object ticket = states.aTicketExists(given).get("ticketId");
    String row =
        "SELECT COUNT(*) FROM ticket WHERE id = ? AND status = 'waiting' AND company_id = ?";
    assertEquals(1, site.server().number(row, ticket, company));
    String additional = "SELECT user_id FROM ticket_agent WHERE ticket_id = ?";
    assertEquals(agent, site.server().number(additional, ticket));
    String term = "SELECT COUNT(*) FROM ticket_term WHERE ticket_id = ? AND term_id = ?";
    assertEquals(1, site.server().number(term, ticket, category));
    String named =
        "SELECT COUNT(*) FROM ticket_term JOIN term ON term.id = term_id WHERE ticket_id = ?"
            + " AND name IN ('Network', 'urgent', 'Workshop')";
    assertEquals(3, site.server().number(named, ticket));
  }

  /** What no request can make of it. */
  @Test
  void aTicketIsAlsoWhatFormsAndMailsMakeOfIt() {
    site = site == null ? PactSite.open() : site;
    site.renew();
    ProviderStates states = new ProviderStates(site);
    Object source = states.aSourceExists(Map.of("name", "Telephone")).get("sourceId");
    Map<String, Object> given =
        Map.of(
            "source", "Telephone",
            "participants", "otto@example.com,paula@example.com",
            "form_data", "floor=2,device=printer",
            "status", "hold",
            "date", "2026-01-02T03:04:05");
    Object ticket = states.aTicketExists(given).get("ticketId");
    String sources =
        "SELECT MIN(term_id) FROM ticket_term JOIN term ON term.id = term_id"
            + " WHERE ticket_id = ? AND taxonomy = 'ticket_sources' HAVING COUNT(*) = 1";
    assertEquals(source, site.server().number(sources, ticket));
    String participants = "SELECT COUNT(*) FROM ticket_participant WHERE ticket_id = ?";
    assertEquals(3, site.server().number(participants, ticket), "With the customer");
    String counted = "SELECT SUM(total) FROM term_count WHERE term_id = ?";
    assertEquals(1, site.server().number(counted, source));
    String row =
        "SELECT COUNT(*) FROM ticket WHERE id = ? AND status = 'hold'"
            + " AND date_gmt = '2026-01-02 03:04:05'"
            + " AND modified_gmt = '2026-01-02 03:04:05'"
            + " AND modified_local = '2026-01-02 03:04:05' AND form_id IS NOT NULL"
            + " AND JSON_VALUE(form_data, '$.floor') = '2'"
            + " AND JSON_VALUE(form_data, '$.device') = 'printer'";
    assertEquals(1, site.server().number(row, ticket));
  }

  /** Parameters that know which of them were asked for. */
  private static final class Asked extends HashMap<String, Object> {
    private static final long serialVersionUID = 1;

    private final transient Set<String> names = new TreeSet<>();

    Asked(Map<String, Object> parameters) {
      super(parameters);
    }

    @Override
    public Object get(Object name) {
      names.add((String) name);
      return super.get(name);
    }

    @Override
    public Object getOrDefault(Object name, Object otherwise) {
      names.add((String) name);
      return super.getOrDefault(name, otherwise);
    }
  }

  private static Explained explained(Method state) {
    Explained explained = state.getAnnotation(Explained.class);
    assertNotNull(explained, () -> "@Explained is missing at " + state.getName());
    return explained;
  }

  private static String described() {
    return StateParameters.states().entrySet().stream()
        .map(state -> "### " + state.getKey() + "\n\n" + described(explained(state.getValue())))
        .collect(joining("\n"));
  }

  private static String described(Explained state) {
    StringBuilder text = new StringBuilder(state.value()).append('\n');
    if (state.parameters().length > 0) {
      text.append("\n| parameter | what it is | default |\n| --- | --- | --- |\n");
      for (String parameter : state.parameters()) {
        Matcher parts = parts(PARAMETER, parameter);
        String names = parts.group(1).replace(", ", "`, `");
        text.append("| `%s` | %s | %s |\n".formatted(names, parts.group(2), parts.group(3)));
      }
    }
    if (state.brings().length > 0) {
      text.append("\n| value | what it is |\n| --- | --- |\n");
      for (String value : state.brings()) {
        Matcher parts = parts(BROUGHT, value);
        text.append("| `${%s}` | %s |\n".formatted(parts.group(1), parts.group(2)));
      }
    }
    return text.toString();
  }

  private static Matcher parts(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertTrue(matcher.matches(), () -> "'" + text + "' is not of the form " + pattern);
    return matcher;
  }

  /** The lines between {@code tag::example[]} and {@code end::example[]}. */
  private static String example(Path source) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(source)) {
      if (line.strip().equals("// tag::example[]")) {
        inside = true;
      } else if (line.strip().equals("// end::example[]")) {
        inside = false;
      } else if (inside) {
        lines.add(line);
      }
    }
    assertTrue(!lines.isEmpty(), () -> "There is no example in " + source);
    return String.join("\n", lines) + "\n";
  }
}
