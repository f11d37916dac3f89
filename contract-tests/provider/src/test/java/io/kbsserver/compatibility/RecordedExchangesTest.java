package io.kbsserver.compatibility;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.kbsserver.compare.Comparison;
import io.kbsserver.compare.Difference;
import io.kbsserver.compare.SiteAnswer;
import io.kbsserver.compare.Situation;
import io.kbsserver.compatibility.RecordedSite.Origin;
import io.kbsserver.spec.Exchanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every exchange that was recorded from KB Support: it agrees, or rows of COMPATIBILITY.md claim
 * all its differences.
 *
 * <p>{@code -Drecordings.only=create/} runs the groups whose names start so, and leaves out what
 * can only be said about the whole.
 */
class RecordedExchangesTest {

  private static final String ONLY = System.getProperty("recordings.only", "");
  private static final Path REPORT = Path.of("target", "recorded-exchanges.txt");

  private static final Moments MOMENTS = new Moments(Clock.systemUTC());
  private static final Judge JUDGE = new Judge();
  private static final Tally TALLY = new Tally();
  private static final List<String> NOTES = new ArrayList<>();
  private static final Exchanges KEPT = Exchanges.recordedOfThisRun();

  private static final Map<Origin, RecordedSite> SITES = new EnumMap<>(Origin.class);

  @AfterAll
  static void close() throws IOException, SQLException {
    for (RecordedSite site : SITES.values()) {
      site.close();
    }
    System.out.println(TALLY);
    Files.writeString(REPORT, TALLY + "\n" + String.join("\n", NOTES) + "\n");
  }

  @TestFactory
  Stream<DynamicContainer> recordings() {
    List<DynamicContainer> groups = new ArrayList<>();
    for (Origin origin : Origin.values()) {
      Recordings.of(origin).stream()
          .filter(group -> group.name().startsWith(ONLY))
          .forEach(group -> groups.add(container(origin, group)));
    }
    if (ONLY.isEmpty()) {
      // Last, since the rows are needed, or not, by what comes before.
      groups.add(dynamicContainer("rows of COMPATIBILITY.md", rows()));
    }
    return groups.stream();
  }

  private static DynamicContainer container(Origin origin, ExchangeGroup group) {
    List<DynamicTest> tests = new ArrayList<>();
    List<String> answered = new ArrayList<>();
    for (RecordedExchange exchange : group.exchanges()) {
      boolean first = tests.isEmpty();
      List<String> sent = group.sentUpTo(tests.size());
      tests.add(
          dynamicTest(
              exchange.title(),
              () -> {
                RecordedSite site = site(origin);
                if (first || exchange.reset()) {
                  site.begin(group);
                  answered.clear();
                }
                replay(site, exchange, sent, answered);
              }));
    }
    return dynamicContainer(group.name(), tests);
  }

  /** Opened when it is needed, since a run may be about one of them. */
  private static RecordedSite site(Origin origin) throws SQLException {
    if (!SITES.containsKey(origin)) {
      SITES.put(origin, RecordedSite.open(origin));
    }
    return SITES.get(origin);
  }

  private static void replay(
      RecordedSite site, RecordedExchange exchange, List<String> sent, List<String> answered)
      throws IOException, SQLException {
    SiteAnswer answer = site.send(exchange.request());
    answered.add(answer.status() + " " + exchange.request().text());
    List<Difference> differences =
        Comparison.of(exchange.request().method(), exchange.response(), answer, MOMENTS);
    Situation situation =
        new Situation(
            exchange.occasion(sent, List.copyOf(answered)),
            exchange.response(),
            answer,
            site.factsAbout(exchange));
    Judge.Decision decision = JUDGE.decide(situation, differences);
    TALLY.add(exchange.topic(), decision.verdict());
    if (decision.verdict() != Verdict.AGREES) {
      note(exchange, decision, differences);
    } else if (KEPT != null) {
      KEPT.keep(exchange.exchange());
    }
    if (decision.verdict() == Verdict.DIFFERS) {
      fail(
          "%s: %s%n%s"
              .formatted(
                  exchange.group(), exchange.title(), String.join("\n", decision.complaints())));
    }
  }

  private static void note(
      RecordedExchange exchange, Judge.Decision decision, List<Difference> differences) {
    NOTES.add(
        "%s %s | %s | %s"
            .formatted(
                decision.verdict(),
                String.join(",", decision.reasons()),
                exchange.group(),
                exchange.title()));
    decision.complaints().forEach(complaint -> NOTES.add("    ! " + complaint));
    differences.forEach(difference -> NOTES.add("      " + difference));
  }

  private static Stream<DynamicTest> rows() {
    return JUDGE.deviations().stream()
        .filter(row -> row.test() == null)
        .map(
            row ->
                dynamicTest(
                    row.id(),
                    () ->
                        row.covers()
                            .forEach(
                                cover ->
                                    assertNotEquals(
                                        0,
                                        JUDGE.bites(cover),
                                        () -> "No exchange differs in this way: " + cover))));
  }
}
