package io.kbsserver.cli;

import io.kbsserver.wordpress.report.ImportProgress;
import io.kbsserver.wordpress.report.ImportReport;
import io.kbsserver.wordpress.report.ImportReport.Count;
import io.kbsserver.wordpress.report.ImportReport.Outcome;
import io.kbsserver.wordpress.report.ImportReport.Problem;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Shows how an import gets on, and at the end what it has done. */
final class ImportDisplay implements ImportProgress {
  private static final Map<Outcome, String> WORDS = new EnumMap<>(Outcome.class);

  static {
    WORDS.put(Outcome.DELETED, "deleted");
    WORDS.put(Outcome.KEPT, "kept as it is here");
    WORDS.put(Outcome.REPAIRED, "repaired");
    WORDS.put(Outcome.LEFT_OUT, "left out");
  }

  private static final List<String> NOT_BROUGHT =
      List.of(
          "Not brought over: the log, SLA targets, passwords of articles, texts of mails.",
          "Not done here: mail, wp-admin, forms on pages.");

  private final PrintStream out;
  private final LongSupplier clock;
  private final long begin;
  private final ProgressLine line;

  ImportDisplay(Terminal terminal) {
    this(terminal, System::nanoTime);
  }

  ImportDisplay(Terminal terminal, LongSupplier clock) {
    this.out = terminal.out();
    this.clock = clock;
    this.begin = clock.getAsLong();
    this.line = new ProgressLine(terminal, clock);
  }

  @Override
  public synchronized void stage(String kind, long done, long total) {
    line.stage(kind, done, total);
  }

  @Override
  public synchronized void problem(Problem problem) {
    if (problem.outcome().differs()) {
      line.problem();
    }
  }

  /** Leaves the line in progress as it is, for an error to follow on the next. */
  synchronized void interrupted() {
    line.close();
  }

  /** The closing words: counts by kind, then all problems. */
  synchronized void summary(ImportReport report, String destination, boolean dryRun) {
    line.close();
    out.println();
    out.println(
        (dryRun ? "Nothing was written. This is what an import would do to " : "Imported into ")
            + destination
            + (dryRun ? "" : " in " + ProgressLine.time(clock.getAsLong() - begin))
            + ".");
    out.println();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "read", "written", "unchanged", "skipped"));
    for (Map.Entry<String, Count> entry : report.counts().entrySet()) {
      Count count = entry.getValue();
      rows.add(
          List.of(
              entry.getKey(),
              ProgressLine.number(count.read()),
              ProgressLine.number(count.written()),
              ProgressLine.number(count.unchanged()),
              ProgressLine.number(count.skipped())));
    }
    Table.print(rows, out);
    out.println();
    NOT_BROUGHT.forEach(out::println);
    out.println();
    if (!report.problems().isEmpty()) {
      out.println(
          report.problems().size() == 1
              ? "1 remark:"
              : ProgressLine.number(report.problems().size()) + " remarks:");
      for (Problem problem : report.problems()) {
        out.println("  " + line(problem));
      }
      out.println();
    }
    out.println((dryRun ? "Dry run: " : "") + verdict(report));
  }

  /** A remark in one line. */
  static String line(Problem problem) {
    return problem.kind() + (problem.id() == 0 ? "" : " " + problem.id()) + ": " + problem.what();
  }

  /** What came of it, in one line. */
  private static String verdict(ImportReport report) {
    List<String> parts = new ArrayList<>();
    WORDS.forEach(
        (outcome, words) -> {
          if (report.rows(outcome) > 0) {
            parts.add(ProgressLine.number(report.rows(outcome)) + " " + words);
          }
        });
    String start = report.complete() ? "Complete" : "Done, but not all is here as it is there";
    return start + (parts.isEmpty() ? "." : ": " + String.join(", ", parts) + ".");
  }
}
