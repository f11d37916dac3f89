package io.kbsserver.wordpress;

import java.util.List;
import java.util.Map;

/**
 * What an import did.
 *
 * @param counts by kind, in the order in which they were brought over
 * @param problems what was repaired or left out; the first ten thousand, and then one line that
 *     says how many more there were
 */
public record ImportReport(Map<String, Count> counts, List<Problem> problems) {

  /**
   * The rows of one kind.
   *
   * @param read those found in WordPress
   * @param written those that were new here or had changed
   * @param unchanged those that an earlier import brought and that are still the same
   * @param skipped those that were left out, each with a problem that says why
   */
  public record Count(long read, long written, long unchanged, long skipped) {}

  /**
   * Something that was repaired or left out.
   *
   * @param kind the kind of row
   * @param id its id; 0 where it has none
   * @param what what is wrong and what was done about it
   */
  public record Problem(String kind, long id, String what) {}
}
