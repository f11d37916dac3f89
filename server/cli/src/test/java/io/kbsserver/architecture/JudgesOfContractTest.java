package io.kbsserver.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The profile contract-mutation names the tests whose exchanges are held against mutants of the
 * contract: each is there, and who is not named is left out on purpose (docs/contract-mutation.md).
 */
class JudgesOfContractTest {

  private static final Path HTTP = Path.of("src/test/java/io/kbsserver/http");
  private static final Path RECORDED = Path.of("../../contract-tests/provider");
  private static final Pattern INCLUDE = Pattern.compile("<include>\\*\\*/(.+?)</include>");

  /** What is of another matter than the contract: databases, mail, imports, costs, connections. */
  private static final Set<String> OF_OTHER_MATTERS =
      Set.of(
          "AgedTotalsTest",
          "BackupTest",
          "BesideNewerTest",
          "BucketFilesTest",
          "ChangeLogTest",
          "ClientViewTest",
          "ClockChangeTest",
          "CompareCommandTest",
          "CompetingWriterTest",
          "ConcurrencyTest",
          "ContractFilesTest",
          "HealthTest",
          "ImportedAgainTest",
          "ImportedMailTest",
          "LargeSiteTest",
          "LateTextsTest",
          "ListCostTest",
          "ListPlanTest",
          "MailInTest",
          "MailMessageTest",
          "MailTableTest",
          "ManagementTest",
          "NumberLockTest",
          "RecentAnswersTest",
          "ReferenceTest",
          "RememberedTotalsTest",
          "RepairTest",
          "RequestFramingTest",
          "SecurityHeadersTest",
          "SlowClientsTest",
          "StatementsTest",
          "TimeTest",
          "TurnedPagesTest",
          "UpgradeTest",
          "WaysToTicketsTest",
          "WorkOnBothSidesTest");

  /** What says again, with more callers or values, what others say: too long for one run. */
  private static final Set<String> SAYING_IT_AGAIN =
      Set.of("BytesTest", "ErrorEnvelopeTest", "SearchIndexTest", "TicketNumbersTest");

  @Test
  void everyTestOverHttpIsNamedOrLeftOutOnPurpose() throws IOException {
    assertEquals(List.of(), findings(profile(Path.of("pom.xml")), tests()));
  }

  @Test
  void theRecordedExchangesAreJudgedAsWell() throws IOException {
    List<String> named = named(profile(RECORDED.resolve("pom.xml")));
    assertEquals(List.of("RecordedExchangesTest.java"), named);
    try (Stream<Path> files = Files.walk(RECORDED.resolve("src/test/java"))) {
      assertTrue(files.anyMatch(file -> file.endsWith(named.get(0))));
    }
  }

  /** That each way to be wrong is told. */
  @Test
  void whatIsWrongIsTold() throws IOException {
    String profile = profile(Path.of("pom.xml"));
    String agents = "<include>**/http/AgentsTest.java</include>";
    assertEquals(
        List.of("AgentsTest is neither named nor left out"),
        findings(profile.replace(agents, ""), tests()));
    assertEquals(
        List.of("AgentsTest is named twice"),
        findings(profile.replace(agents, agents + agents), tests()));
    assertEquals(
        List.of("GoneTest is named, and there is no such test"),
        findings(profile + agents.replace("AgentsTest", "GoneTest"), tests()));
    assertEquals(
        List.of("MailTableTest is named and left out"),
        findings(profile + agents.replace("AgentsTest", "MailTableTest"), tests()));
    Set<String> more = new TreeSet<>(tests());
    more.add("NewTest");
    more.remove("UpgradeTest");
    assertEquals(
        List.of("NewTest is neither named nor left out", "UpgradeTest is left out, and not there"),
        findings(profile, more));
  }

  private static List<String> findings(String profile, Set<String> tests) {
    List<String> findings = new ArrayList<>();
    Set<String> named = new TreeSet<>();
    for (String include : named(profile)) {
      String test = include.replaceFirst("^http/", "").replaceFirst("\\.java$", "");
      if (!named.add(test)) {
        findings.add(test + " is named twice");
      }
    }
    Set<String> leftOut = new TreeSet<>(OF_OTHER_MATTERS);
    leftOut.addAll(SAYING_IT_AGAIN);
    for (String test : named) {
      if (!tests.contains(test)) {
        findings.add(test + " is named, and there is no such test");
      } else if (leftOut.contains(test)) {
        findings.add(test + " is named and left out");
      }
    }
    for (String test : tests) {
      if (!named.contains(test) && !leftOut.contains(test)) {
        findings.add(test + " is neither named nor left out");
      }
    }
    leftOut.stream()
        .filter(test -> !tests.contains(test))
        .forEach(test -> findings.add(test + " is left out, and not there"));
    return findings;
  }

  private static List<String> named(String profile) {
    return INCLUDE.matcher(profile).results().map((MatchResult found) -> found.group(1)).toList();
  }

  /** The text of the profile in a project. */
  private static String profile(Path project) throws IOException {
    String text = Files.readString(project);
    int start = text.indexOf("<id>contract-mutation</id>");
    assertTrue(start >= 0, project + " has no such profile");
    return text.substring(start, text.indexOf("</profile>", start));
  }

  /** The tests over HTTP, and the drill that gives every value. */
  private static Set<String> tests() throws IOException {
    try (Stream<Path> files = Files.list(HTTP)) {
      Set<String> tests = new TreeSet<>();
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\w+(Test|Drill)\\.java"))
          .map(name -> name.replace(".java", ""))
          .forEach(tests::add);
      return tests;
    }
  }
}
