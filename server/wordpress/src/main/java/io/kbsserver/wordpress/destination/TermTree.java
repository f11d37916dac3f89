package io.kbsserver.wordpress.destination;

import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is below what here: no category is below itself, though each side has moved one of two. */
public final class TermTree {

  private final TargetDatabase target;

  public TermTree(TargetDatabase target) {
    this.target = target;
  }

  /** Whether a term is here that can have this one below it. */
  public boolean takes(long parent, long id) throws SQLException {
    return target.number("SELECT COUNT(*) FROM term WHERE id = ?", parent) > 0
        && !leads(parent, id, parents());
  }

  /**
   * Refuses, as the database does other rows, that one of these is below itself.
   *
   * @param moved terms that this transaction has written, so that no server moves one meanwhile
   */
  void refuseCircles(Collection<Long> moved) throws SQLException {
    Map<Long, Long> parents = parents();
    for (long id : moved) {
      Long parent = parents.get(id);
      if (parent != null && leads(parent, id, parents)) {
        throw new SQLIntegrityConstraintViolationException(
            "term " + id + " would be below itself", "23000");
      }
    }
  }

  /** Whether one comes from a term to another one by going up. */
  private static boolean leads(long from, long to, Map<Long, Long> parents) {
    Set<Long> passed = new HashSet<>();
    Long next = from;
    while (next != null && next != to && passed.add(next)) {
      next = parents.get(next);
    }
    return next != null && next == to;
  }

  private Map<Long, Long> parents() throws SQLException {
    Map<Long, Long> parents = new HashMap<>();
    target.query(
        "SELECT id, parent_id FROM term WHERE parent_id IS NOT NULL",
        List.of(),
        row -> parents.put(row.getLong(1), row.getLong(2)));
    return parents;
  }
}
