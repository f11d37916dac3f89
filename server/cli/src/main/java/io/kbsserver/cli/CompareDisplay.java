package io.kbsserver.cli;

import io.kbsserver.compare.Finding;
import io.kbsserver.compare.Finding.Outcome;
import io.kbsserver.compare.SiteReport;
import java.io.PrintStream;
import java.util.List;

/** Shows how a comparison gets on, and at the end what came out. */
final class CompareDisplay {
  private static final int MOST_REQUESTS = 20;
  private static final int MOST_DIFFERENCES = 5;
  private static final int LONGEST_VALUE = 120;

  private final PrintStream out;
  private final ProgressLine progress;

  CompareDisplay(Terminal terminal) {
    this.out = terminal.out();
    this.progress = new ProgressLine(terminal, System::nanoTime);
  }

  void advanced(int done, int total) {
    progress.stage("requests", done, total);
  }

  /** Leaves the line in progress as it is, for an error to follow on the next. */
  void interrupted() {
    progress.close();
  }

  /** The counts, and the first requests that somebody should look at. */
  void summary(SiteReport report) {
    progress.close();
    long agree = report.count(Outcome.AGREES);
    long refused = report.refusedAlike();
    out.println("Compared " + report.original() + " with " + report.replacement() + ":");
    out.println();
    Table.print(
        List.of(
            List.of("agree", "" + agree, (agree - refused) + " answered, " + refused + " refused"),
            List.of(
                "explained",
                "" + report.count(Outcome.EXPLAINED),
                "differ as COMPATIBILITY.md says"),
            List.of("differ", "" + report.count(Outcome.DIFFERS), ""),
            List.of("failed", "" + report.count(Outcome.FAILED), "")),
        out);
    report
        .skipped()
        .forEach((why, count) -> out.println("  Skipped: " + count + " " + why.words()));
    if (report.stopped() != null) {
      print(report.stopped());
    }
    List<Finding> findings = report.toLookAt();
    findings.stream().limit(MOST_REQUESTS).forEach(this::print);
    if (findings.size() > MOST_REQUESTS) {
      out.println();
      out.println("… and " + (findings.size() - MOST_REQUESTS) + " more; --report shows them all.");
    }
    if (!findings.isEmpty()) {
      out.println();
      out.println(SiteReport.NOTE);
    }
  }

  private void print(Finding finding) {
    out.println();
    print(finding.title());
    if (finding.failure() != null) {
      print("  " + finding.failure());
    }
    finding.differences().stream()
        .limit(MOST_DIFFERENCES)
        .forEach(
            known ->
                print(
                    "  "
                        + known.difference().excerpt(LONGEST_VALUE)
                        + (known.row() == null ? "" : "  [" + known.row() + "]")));
    int more = finding.omitted() + Math.max(0, finding.differences().size() - MOST_DIFFERENCES);
    if (more > 0) {
      out.println("  … and " + more + " more");
    }
  }

  /** A line that does nothing to the terminal, whatever a server sent. */
  private void print(String line) {
    out.println(line.replaceAll("\\p{Cc}", "?"));
  }
}
