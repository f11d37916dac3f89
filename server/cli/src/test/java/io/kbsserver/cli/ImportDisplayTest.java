package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.wordpress.report.ImportReport;
import io.kbsserver.wordpress.report.ImportReport.Count;
import io.kbsserver.wordpress.report.ImportReport.Outcome;
import io.kbsserver.wordpress.report.ImportReport.Problem;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportDisplayTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long now;

  @Test
  void aLogGetsALineEveryFewSeconds() {
    ImportDisplay display = display(false);
    for (int done = 0; done <= 24_000; done += 1_000) {
      now += 1_000_000_000L;
      display.stage("tickets", done, 24_000);
      if (done == 11_000) {
        display.problem(new Problem("ticket", 7, Outcome.REPAIRED, "no customer"));
      }
    }
    display.stage("tickets", 24_000, 24_000);
    display.stage("tags", 0, 0);
    assertEquals(
        """
        tickets: 5,000 of 24,000, 1,000/s, 19 s left
        tickets: 10,000 of 24,000, 1,000/s, 14 s left
        tickets: 15,000 of 24,000, 1,000/s, 9 s left, 1 problem
        tickets: 20,000 of 24,000, 1,000/s, 4 s left, 1 problem
        tickets: 24,000 of 24,000, 1,000/s, 1 problem
        tags: 0 of 0, 1 problem
        """,
        text(err));
  }

  @Test
  void aTerminalGetsOneLinePerKind() {
    ImportDisplay display = display(true);
    display.stage("users", 0, 2);
    now += 300_000_000L;
    display.stage("users", 1, 2);
    display.stage("users", 2, 2);
    display.stage("tickets", 0, 1);
    display.stage("tickets", 1, 1);
    assertEquals(
        "\r\033[Kusers: 1 of 2\r\033[Kusers: 2 of 2\n\r\033[Ktickets: 1 of 1\n", text(err));
  }

  @Test
  void theSummaryNamesEveryProblem() {
    ImportDisplay display = display(false);
    now += 65_000_000_000L;
    Map<String, Count> counts = new LinkedHashMap<>();
    counts.put("users", new Count(12, 0, 12, 0));
    counts.put("tickets", new Count(10_000, 9_998, 0, 2));
    display.summary(
        new ImportReport(
            counts,
            Map.of(Outcome.LEFT_OUT, 1L, Outcome.REPAIRED, 1L, Outcome.DELETED, 1_200L),
            List.of(
                new Problem("ticket", 7, Outcome.LEFT_OUT, "zero date, skipped"),
                new Problem("setting", 0, Outcome.REPAIRED, "broken"))),
        "built-in MariaDB in /data",
        false);
    String expected =
        """

        Imported into built-in MariaDB in /data in 1:05 min.

                     read  written  unchanged  skipped
          users        12        0         12        0
          tickets  10,000    9,998          0        2

        Not brought over: the log, SLA targets, passwords of articles, texts of mails.
        Not done here: mail, wp-admin, forms on pages.

        2 remarks:
          ticket 7: zero date, skipped
          setting: broken

        Done, but not all is here as it is there: 1,200 deleted, 1 repaired, 1 left out.
        """;
    assertEquals(expected, text(out));
    assertTrue(text(err).isEmpty());
  }

  private ImportDisplay display(boolean interactive) {
    Terminal terminal =
        new Terminal(
            Map.of(),
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            interactive,
            0,
            Clock.systemUTC());
    return new ImportDisplay(terminal, () -> now);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
