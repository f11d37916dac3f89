package io.kbsserver.cli;

import io.kbsserver.compare.Deviation;
import io.kbsserver.compare.DifferenceGroup;
import io.kbsserver.compare.Finding;
import io.kbsserver.compare.Finding.Outcome;
import io.kbsserver.compare.SiteReport;
import java.io.PrintStream;
import java.util.List;

/** Shows how a comparison gets on, and at the end what came out: first what nobody has meant. */
final class CompareDisplay {
  private static final int MOST = 20;
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

  /** The counts, all kinds of differences, and the verdict. */
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
            List.of(
                "differ", "" + report.count(Outcome.DIFFERS), "differ in a way that nobody meant"),
            List.of("failed", "" + report.count(Outcome.FAILED), "were not answered")),
        out);
    report
        .skipped()
        .forEach((why, count) -> out.println("  Skipped: " + count + " " + why.words()));
    if (report.listsNothing()) {
      out.println();
      out.println(SiteReport.LISTS_NOTHING);
    }
    failures(report.failures());
    notMeant(report.groups().stream().filter(group -> !group.isMeant()).toList());
    meant(report.groups().stream().filter(DifferenceGroup::isMeant).toList());
    out.println();
    if (report.stopped() != null) {
      print("It was " + report.stopped() + ".");
    }
    out.println(report.verdict());
  }

  private void failures(List<Finding> failures) {
    if (failures.isEmpty()) {
      return;
    }
    out.println();
    out.println("FAILED:");
    failures.stream()
        .limit(MOST)
        .forEach(finding -> print("  " + finding.title() + ": " + finding.failure()));
    more(failures.size());
  }

  private void notMeant(List<DifferenceGroup> groups) {
    if (groups.isEmpty()) {
      return;
    }
    out.println();
    out.println("NOT MEANT (original -> replacement):");
    groups.stream().limit(MOST).forEach(this::print);
    more(groups.size());
  }

  private void meant(List<DifferenceGroup> groups) {
    if (groups.isEmpty()) {
      return;
    }
    out.println();
    out.println("Meant, by the rows of COMPATIBILITY.md (original -> replacement):");
    Deviation last = null;
    for (DifferenceGroup group : groups) {
      Deviation row = group.row();
      if (row != null && row != last) {
        out.println();
        out.println("  [" + row.id() + "]");
        out.println("  The plugin: " + row.plugin());
        out.println("  KBS Server: " + row.ours());
        last = row;
      }
      print(group);
    }
    out.println();
    out.println(SiteReport.NOTE);
  }

  private void more(int all) {
    if (all > MOST) {
      out.println("  … and " + (all - MOST) + " more; --report shows them all.");
    }
  }

  private void print(DifferenceGroup group) {
    print("  " + group.field() + times(group));
    print(
        "    "
            + group.example()
            + (group.field().equals(group.difference().toString())
                ? ""
                : ": " + group.difference().excerpt(LONGEST_VALUE)));
  }

  private static String times(DifferenceGroup group) {
    return group.count() == 1
        ? ", once"
        : ", "
            + group.count()
            + " times in "
            + (group.requests() == 1 ? "one request" : group.requests() + " requests");
  }

  /** A line that does nothing to the terminal, whatever a server sent. */
  private void print(String line) {
    out.println(line.replaceAll("\\p{Cc}", "?"));
  }
}
