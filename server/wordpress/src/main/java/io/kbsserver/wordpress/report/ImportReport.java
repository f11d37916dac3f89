package io.kbsserver.wordpress.report;

import java.util.List;
import java.util.Map;

/**
 * What an import did.
 *
 * @param counts by kind, in the order in which they were brought over
 * @param rows how many rows met each outcome; those that are as they are there are not counted
 * @param problems the remarks on single rows; the first ten thousand, and then one line that says
 *     how many more there were
 */
public record ImportReport(
    Map<String, Count> counts, Map<Outcome, Long> rows, List<Problem> problems) {

  /** What became of a row that there is something to say about. */
  public enum Outcome {
    /** It is here as it is there; the remark tells what is odd about it. */
    INFORMATION,
    /** It came from WordPress, is no longer there, and so is no longer served here. */
    DELETED,
    /** It differs on the two sides, and stays as it is here. */
    KEPT,
    /** It is here, but a part of it is not as it is there. */
    REPAIRED,
    /** It is not here. */
    LEFT_OUT;

    /** Whether something is not here as it is in WordPress. */
    public boolean differs() {
      return switch (this) {
        case KEPT, REPAIRED, LEFT_OUT -> true;
        case INFORMATION, DELETED -> false;
      };
    }
  }

  /** How many rows met an outcome. */
  public long rows(Outcome outcome) {
    return rows.getOrDefault(outcome, 0L);
  }

  /** Whether everything is here as it is in WordPress. */
  public boolean complete() {
    return rows.keySet().stream().noneMatch(Outcome::differs);
  }

  /**
   * The rows of one kind.
   *
   * @param read those found in WordPress
   * @param written those that were new here or had changed
   * @param unchanged those that an earlier import brought and that are still the same
   * @param skipped those that were left out or kept as they are here, each with a problem that says
   *     why
   */
  public record Count(long read, long written, long unchanged, long skipped) {}

  /**
   * A remark on a row.
   *
   * @param kind the kind of row
   * @param id its id in WordPress; 0 where it has none
   * @param outcome what became of it
   * @param what what is wrong and what was done about it
   */
  public record Problem(String kind, long id, Outcome outcome, String what) {}
}
