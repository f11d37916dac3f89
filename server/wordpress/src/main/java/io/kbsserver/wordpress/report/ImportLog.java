package io.kbsserver.wordpress.report;

import io.kbsserver.wordpress.report.ImportReport.Outcome;
import io.kbsserver.wordpress.report.ImportReport.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts what an import does and keeps what it remarks, and passes both on as it goes. */
public final class ImportLog {

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
  private final boolean strict;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  // A row with two problems is one row.
  private final Map<Outcome, Map<Kind, Set<Long>>> rows = new EnumMap<>(Outcome.class);
  private final Map<Outcome, Long> withoutId = new EnumMap<>(Outcome.class);
  private long droppedProblems;

  /**
   * Passes on what it is told.
   *
   * @param strict whether the import stops at the first row that is not here as it is in WordPress
   */
  public ImportLog(ImportProgress progress, boolean strict) {
    this.progress = progress;
    this.strict = strict;
  }

  public void start(Kind kind, long total) {
    tally(kind).total = total;
    progress.stage(kind.plural(), 0, total);
  }

  public void read(Kind kind, long rows) {
    tally(kind).read += rows;
  }

  public void written(Kind kind, long rows) {
    tally(kind).written += rows;
  }

  public void unchanged(Kind kind, long rows) {
    tally(kind).unchanged += rows;
  }

  /** Leaves a row out and says why. */
  public void skipped(Kind kind, long id, String why) {
    tally(kind).skipped++;
    remark(kind, id, Outcome.LEFT_OUT, why);
  }

  /** Leaves a row out that nobody misses, and says why. */
  public void passedOver(Kind kind, long id, String why) {
    tally(kind).skipped++;
    remark(kind, id, Outcome.INFORMATION, why);
  }

  /** Keeps a row as it is here, though WordPress has another, and says so. */
  public void kept(Kind kind, long id, String why) {
    tally(kind).skipped++;
    remark(kind, id, Outcome.KEPT, why);
  }

  /** Keeps a row that is not in WordPress any more as it is here, and says so. */
  public void remained(Kind kind, long id, String why) {
    remark(kind, id, Outcome.KEPT, why);
  }

  /** A part of a row is not as it is in WordPress: it was mended, cut or left out. */
  public void problem(Kind kind, long id, String what) {
    remark(kind, id, Outcome.REPAIRED, what);
  }

  /** A row is odd, but here as it is there. */
  public void information(Kind kind, long id, String what) {
    remark(kind, id, Outcome.INFORMATION, what);
  }

  /** Something was deleted in WordPress, and is no longer served here. */
  public void deleted(Kind kind, long id, String what) {
    remark(kind, id, Outcome.DELETED, what);
  }

  /** Tells how far the work on a kind has come. */
  public void advanced(Kind kind) {
    stopWhereAsked();
    Tally tally = tally(kind);
    progress.stage(kind.plural(), tally.read, Math.max(tally.read, tally.total));
  }

  /** Tells how far the check of what was imported before has come. */
  public void checked(long done, long total) {
    stopWhereAsked();
    progress.stage("imported before", done, total);
  }

  /** Between two batches is where nothing is half done. */
  private static void stopWhereAsked() {
    if (Thread.interrupted()) {
      throw new ImportException("The import was interrupted; run it again, it goes on.");
    }
  }

  private void remark(Kind kind, long id, Outcome outcome, String what) {
    // On some sites there is something odd about every row: that is told, and not counted.
    if (outcome != Outcome.INFORMATION) {
      count(kind, id, outcome);
    }
    Problem problem = new Problem(kind.singular(), id, outcome, what);
    progress.problem(problem);
    if (problems.size() < KEPT_PROBLEMS) {
      problems.add(problem);
    } else {
      droppedProblems++;
    }
    if (strict && outcome.differs()) {
      throw new ImportException(
          "Stopped at %s %d, since --strict was given: %s. What was brought over before is here."
              .formatted(kind.singular(), id, what));
    }
  }

  private void count(Kind kind, long id, Outcome outcome) {
    if (id == 0) {
      withoutId.merge(outcome, 1L, Long::sum);
    } else {
      rows.computeIfAbsent(outcome, any -> new HashMap<>())
          .computeIfAbsent(kind, any -> new HashSet<>())
          .add(id);
    }
  }

  public ImportReport report() {
    Map<String, ImportReport.Count> counts = new LinkedHashMap<>();
    tallies.forEach(
        (kind, tally) ->
            counts.put(
                kind,
                new ImportReport.Count(tally.read, tally.written, tally.unchanged, tally.skipped)));
    List<Problem> all = new ArrayList<>(problems);
    if (droppedProblems > 0) {
      all.add(
          new Problem(
              "import",
              0,
              Outcome.INFORMATION,
              "there were " + droppedProblems + " more remarks than are kept here"));
    }
    Map<Outcome, Long> sums = new EnumMap<>(withoutId);
    rows.forEach(
        (outcome, kinds) ->
            kinds.values().forEach(ids -> sums.merge(outcome, (long) ids.size(), Long::sum)));
    return new ImportReport(counts, sums, List.copyOf(all));
  }

  private Tally tally(Kind kind) {
    return tallies.computeIfAbsent(kind.plural(), name -> new Tally());
  }
}
