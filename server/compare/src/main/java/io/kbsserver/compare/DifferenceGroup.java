package io.kbsserver.compare;

import org.jspecify.annotations.Nullable;

/**
 * Differences of one kind: in the same field, and explained by the same row or by none.
 *
 * @param field the field, whichever item of a list has it; a status with both values
 * @param row the row of COMPATIBILITY.md that explains them, or null
 * @param count how many there are
 * @param requests in the answers to how many requests
 * @param example the request of the first one
 * @param difference the first one
 */
public record DifferenceGroup(
    String field,
    @Nullable Deviation row,
    int count,
    int requests,
    String example,
    Difference difference) {

  /** Whether the server is meant to differ so. */
  public boolean isMeant() {
    return row != null;
  }
}
