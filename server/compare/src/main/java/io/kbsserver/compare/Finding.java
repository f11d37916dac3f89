package io.kbsserver.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came out for one request.
 *
 * @param request the request
 * @param outcome in a word
 * @param status the status of the original's answer, 0 where there is none
 * @param differences how the answers differ; not more than can be read
 * @param omitted how many more differences there are
 * @param failure why there is no answer to compare, null where there is
 */
public record Finding(
    ReadRequest request,
    Outcome outcome,
    int status,
    List<Known> differences,
    int omitted,
    @Nullable String failure) {

  /** The outcome for a request. */
  public enum Outcome {
    /** Both answers mean the same. */
    AGREES,
    /** They differ, and rows of COMPATIBILITY.md explain all of it. */
    EXPLAINED,
    /** They differ. */
    DIFFERS,
    /** One of them did not come. */
    FAILED
  }

  /**
   * A difference, and what is known about it.
   *
   * @param difference the difference
   * @param row the row of COMPATIBILITY.md that explains it, or null
   */
  public record Known(Difference difference, @Nullable String row) {}

  /** The request with its sender. */
  public String title() {
    return request.title();
  }

  /** The same without what is too much to read. */
  Finding brief() {
    return new Finding(request, outcome, status, List.of(), omitted + differences.size(), failure);
  }
}
