package io.kbsserver.cli;

import io.kbsserver.wordpress.ImportProgress;
import io.kbsserver.wordpress.ImportReport;
import io.kbsserver.wordpress.ImportReport.Count;
import io.kbsserver.wordpress.ImportReport.Problem;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Shows how an import gets on, and at the end what it has done. */
final class ImportDisplay implements ImportProgress {
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
  public synchronized void problem(String kind, long id, String what) {
    line.problem();
  }

  /** Leaves the line in progress as it is, for an error to follow on the next. */
  synchronized void interrupted() {
    line.close();
  }

  /** The closing words: counts by kind, then all problems. */
  synchronized void summary(ImportReport report, String destination) {
    line.close();
    out.println();
    out.println(
        "Imported into "
            + destination
            + " in "
            + ProgressLine.time(clock.getAsLong() - begin)
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
    if (report.problems().isEmpty()) {
      out.println("No problems.");
      return;
    }
    out.println(
        report.problems().size() == 1
            ? "1 problem:"
            : ProgressLine.number(report.problems().size()) + " problems:");
    for (Problem problem : report.problems()) {
      out.println(
          "  "
              + problem.kind()
              + (problem.id() == 0 ? "" : " " + problem.id())
              + ": "
              + problem.what());
    }
  }
}
