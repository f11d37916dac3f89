package io.kbsserver.architecture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A schema as a document shows it: what refers to what, in the language of Mermaid, and the columns
 * of each table.
 */
final class DataModel {

  /**
   * A table.
   *
   * @param columns its columns, and whether they may be null
   * @param key the columns of its primary key
   * @param references the tables that its foreign keys lead to, each under its column
   */
  private record Table(
      LinkedHashMap<String, Boolean> columns, Set<String> key, TreeMap<String, String> references) {

    /** Its columns in order, those of the key in bold. */
    String described() {
      return columns.keySet().stream()
          .map(column -> key.contains(column) ? "**" + column + "**" : column)
          .collect(joining(", "));
    }

    /** One line for each table that it refers to. */
    String drawn(String name) {
      return references.keySet().stream()
          .collect(
              groupingBy(
                  column -> references.get(column) + cardinality(column),
                  TreeMap::new,
                  joining(", ")))
          .entrySet()
          .stream()
          .map(line -> "  %s %s : \"%s\"%n".formatted(line.getKey(), name, line.getValue()))
          .collect(joining());
    }

    private String cardinality(String column) {
      return " %s--%s"
          .formatted(columns.get(column) ? "|o" : "||", key.equals(Set.of(column)) ? "o|" : "o{");
    }
  }

  private static final String HISTORY = "flyway_schema_history";

  private final TreeMap<String, Table> tables = new TreeMap<>();

  private DataModel(Connection connection) throws SQLException {
    DatabaseMetaData schema = connection.getMetaData();
    String catalog = connection.getCatalog();
    for (String table :
        names(schema.getTables(catalog, null, "%", new String[] {"TABLE"}), "TABLE_NAME")) {
      if (!table.equals(HISTORY)) {
        tables.put(
            table,
            new Table(
                columns(schema.getColumns(catalog, null, table, "%")),
                Set.copyOf(names(schema.getPrimaryKeys(catalog, null, table), "COLUMN_NAME")),
                references(schema.getImportedKeys(catalog, null, table))));
      }
    }
  }

  static DataModel of(Connection connection) throws SQLException {
    return new DataModel(connection);
  }

  /** What a table and all that hangs on it refer to. */
  String around(String table) {
    Set<String> hanging = hangingOn(table);
    return picture(hanging::contains);
  }

  /** What all other tables refer to. */
  String beside(String table) {
    Set<String> hanging = hangingOn(table);
    return picture(name -> !hanging.contains(name));
  }

  /** All tables with their columns. */
  String columns() {
    StringBuilder rows = new StringBuilder("| table | columns |\n| --- | --- |\n");
    tables.forEach(
        (name, table) -> rows.append("| `%s` | %s |%n".formatted(name, table.described())));
    return rows.toString();
  }

  private String picture(Predicate<String> shown) {
    StringBuilder picture = new StringBuilder("```mermaid\nerDiagram\n  direction LR\n");
    tables.forEach(
        (name, table) -> {
          if (shown.test(name)) {
            picture.append(table.drawn(name));
          }
        });
    return picture.append("```\n").toString();
  }

  private Set<String> hangingOn(String root) {
    Set<String> hanging = new HashSet<>(Set.of(root));
    boolean grown = true;
    while (grown) {
      grown = false;
      for (String name : tables.keySet()) {
        boolean refers =
            tables.get(name).references().values().stream().anyMatch(hanging::contains);
        grown |= refers && hanging.add(name);
      }
    }
    return hanging;
  }

  private static List<String> names(ResultSet rows, String column) throws SQLException {
    try (rows) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(column));
      }
      return names;
    }
  }

  private static LinkedHashMap<String, Boolean> columns(ResultSet rows) throws SQLException {
    try (rows) {
      LinkedHashMap<String, Boolean> columns = new LinkedHashMap<>();
      while (rows.next()) {
        boolean nullable = rows.getInt("NULLABLE") == DatabaseMetaData.columnNullable;
        columns.put(rows.getString("COLUMN_NAME"), nullable);
      }
      return columns;
    }
  }

  private static TreeMap<String, String> references(ResultSet rows) throws SQLException {
    try (rows) {
      TreeMap<String, String> references = new TreeMap<>();
      while (rows.next()) {
        references.put(rows.getString("FKCOLUMN_NAME"), rows.getString("PKTABLE_NAME"));
      }
      return references;
    }
  }
}
