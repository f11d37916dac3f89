package io.kbsserver.wordpress.destination;

import io.kbsserver.wordpress.source.WordPressDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fingerprints of rows as they are here now. */
public final class RowsHere {

  private final TargetDatabase target;

  public RowsHere(TargetDatabase target) {
    this.target = target;
  }

  /** By their ids; those that are not there are not in it. */
  public Map<Long, byte[]> hashes(TargetTable table, List<Long> ids) throws SQLException {
    Map<Long, byte[]> found = new HashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    Map<Long, List<List<String>>> values = read(table.name(), "id", table.columns(), ids);
    List<Map<Long, List<List<String>>>> children = new ArrayList<>();
    for (TargetTable.Child child : table.children()) {
      children.add(read(child.name(), child.owner(), child.columns(), ids));
    }
    values.forEach(
        (id, rows) ->
            found.put(
                id,
                RowHash.of(
                    rows.get(0),
                    children.stream().map(child -> child.getOrDefault(id, List.of())).toList())));
    return found;
  }

  private Map<Long, List<List<String>>> read(
      String name, String idColumn, List<String> columns, List<Long> ids) throws SQLException {
    Map<Long, List<List<String>>> found = new HashMap<>();
    String casts =
        String.join(", ", columns.stream().map(column -> "CAST(" + column + " AS CHAR)").toList());
    target.query(
        "SELECT %s, %s FROM %s WHERE %s IN (%s)"
            .formatted(idColumn, casts, name, idColumn, WordPressDatabase.placeholders(ids.size())),
        ids,
        row -> {
          List<String> values = new ArrayList<>(columns.size());
          for (int i = 0; i < columns.size(); i++) {
            values.add(row.getString(i + 2));
          }
          return found.computeIfAbsent(row.getLong(1), id -> new ArrayList<>()).add(values);
        });
    return found;
  }
}
