package io.kbsserver.wordpress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what an import does and keeps what it complains about, and passes both on as it goes. */
final class ImportLog {

  /** A report is read by a person, and memory is bounded. */
  static final int KEPT_PROBLEMS = 10_000;

  private static final class Tally {
    private long total;
    private long read;
    private long written;
    private long unchanged;
    private long skipped;
  }

  private final ImportProgress progress;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final List<ImportReport.Problem> problems = new ArrayList<>();
  private long droppedProblems;

  ImportLog(ImportProgress progress) {
    this.progress = progress;
  }

  void start(Kind kind, long total) {
    tally(kind).total = total;
    progress.stage(kind.plural(), 0, total);
  }

  void read(Kind kind, long rows) {
    tally(kind).read += rows;
  }

  void written(Kind kind, long rows) {
    tally(kind).written += rows;
  }

  void unchanged(Kind kind, long rows) {
    tally(kind).unchanged += rows;
  }

  /** Leaves a row out and says why. */
  void skipped(Kind kind, long id, String why) {
    tally(kind).skipped++;
    problem(kind, id, why);
  }

  /** Tells how far the work on a kind has come. */
  void advanced(Kind kind) {
    Tally tally = tally(kind);
    progress.stage(kind.plural(), tally.read, Math.max(tally.read, tally.total));
  }

  /** A row is odd, but here as it is there. */
  void information(Kind kind, long id, String what) {
    problem(kind, id, what);
  }

  void problem(Kind kind, long id, String what) {
    problem(kind.singular(), id, what);
  }

  void problem(String kind, long id, String what) {
    progress.problem(kind, id, what);
    if (problems.size() < KEPT_PROBLEMS) {
      problems.add(new ImportReport.Problem(kind, id, what));
    } else {
      droppedProblems++;
    }
  }

  ImportReport report() {
    Map<String, ImportReport.Count> counts = new LinkedHashMap<>();
    tallies.forEach(
        (kind, tally) ->
            counts.put(
                kind,
                new ImportReport.Count(tally.read, tally.written, tally.unchanged, tally.skipped)));
    List<ImportReport.Problem> all = new ArrayList<>(problems);
    if (droppedProblems > 0) {
      all.add(
          new ImportReport.Problem(
              "import", 0, "there were " + droppedProblems + " more problems than are kept here"));
    }
    return new ImportReport(counts, List.copyOf(all));
  }

  private Tally tally(Kind kind) {
    return tallies.computeIfAbsent(kind.plural(), name -> new Tally());
  }
}
