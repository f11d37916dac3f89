package io.kbsserver.wordpress.destination;

import java.util.List;
import java.util.function.Supplier;

/**
 * A row as it is to be here. All values are text as the database reads and writes it, so that a row
 * that is to be written compares with one that was read back.
 *
 * @param id its id here
 * @param sourceId its id in WordPress, mostly the same
 * @param values one for each of the table's columns
 * @param derived makes one for each of the table's derived columns
 * @param children for each of the table's children, their rows
 */
public record TargetRow(
    long id,
    long sourceId,
    List<String> values,
    Supplier<List<String>> derived,
    List<List<List<String>>> children) {

  public TargetRow(
      long id,
      List<String> values,
      Supplier<List<String>> derived,
      List<List<List<String>>> children) {
    this(id, id, values, derived, children);
  }

  public TargetRow(long id, List<String> values, List<List<List<String>>> children) {
    this(id, values, List::of, children);
  }

  /** The same under another id here. */
  TargetRow at(long newId) {
    return new TargetRow(newId, sourceId, values, derived, children);
  }

  /** The same with other values. */
  public TargetRow with(List<String> newValues, List<List<List<String>>> newChildren) {
    return new TargetRow(id, sourceId, newValues, derived, newChildren);
  }
}
