package io.kbsserver.testing;

import io.kbsserver.change.Subject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees to it that nothing is changed without a row in the log of changes, and that no row is there
 * without a change. Triggers write down each row that is changed, and strike off what the log
 * tells; what is left is what nobody has told. Tests that change rows behind the server's back say
 * so on their connections.
 */
public final class ChangeJudge {

  /** Makes what a connection changes from then on nothing that has to be logged. */
  public static final String UNJUDGED = "SET @unjudged = 1";

  /** That there is no such schema, or no such table. */
  private static final Set<Integer> GONE = Set.of(1049, 1146);

  private static final int TRIGGERS_REFUSED = 1419;

  /** The schemas that are watched. */
  private static final Set<String> ALL = ConcurrentHashMap.newKeySet();

  private static final String LEFT =
      """
      SELECT CONCAT(told, ': ', kind, ' ', subject, ', ', MIN(statement))
      FROM judged_change
      GROUP BY connection, kind, subject, told, row_hash HAVING SUM(delta) <> 0
      """;

  private ChangeJudge() {}

  /** Watches a schema from now on. */
  public static void watch(String url, String user, String password) {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      install(statement);
      ALL.add(connection.getCatalog());
    } catch (SQLException e) {
      // MySQL with a binary log lets only administrators make triggers.
      if (e.getErrorCode() != TRIGGERS_REFUSED) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A connection whose changes nobody has to tell. */
  public static Connection unjudged(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(UNJUDGED);
    }
    return connection;
  }

  /**
   * What was changed without a row since this was asked last, and rows without a change. After each
   * class of tests all schemas are asked, on one connection: to connect takes longer than to ask.
   */
  static List<String> untold() {
    List<String> found = new ArrayList<>();
    if (ALL.isEmpty()) {
      return found;
    }
    try (Connection connection = TestDatabase.get().connect();
        Statement statement = connection.createStatement()) {
      for (String schema : ALL) {
        try {
          statement.execute("USE " + schema);
          found.addAll(column(statement, LEFT));
          statement.execute("DELETE FROM judged_change");
        } catch (SQLException e) {
          // Whatever else fails is no reason to judge no more.
          if (!GONE.contains(e.getErrorCode())) {
            throw e;
          }
          ALL.remove(schema);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  private static void install(Statement statement) throws SQLException {
    statement.execute(
        """
        CREATE TABLE judged_change (
          number BIGINT NOT NULL AUTO_INCREMENT,
          connection BIGINT NOT NULL,
          kind VARCHAR(20) NOT NULL,
          subject VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
          told VARCHAR(64) NOT NULL,
          row_hash CHAR(32) NOT NULL,
          delta INT NOT NULL,
          statement VARCHAR(10) NOT NULL,
          PRIMARY KEY (number),
          KEY judged_change_subject (connection, kind, subject)
        ) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
        """);
    for (Subject subject : Subject.values()) {
      String only =
          subject == Subject.SETTING ? " AND %s.name <> '" + Subject.WITHOUT_LOG + "'" : "";
      List<String> columns = new ArrayList<>();
      for (String column : columns(statement, subject.table())) {
        if (subject.logs(column)) {
          columns.add(column);
        }
      }
      watch(statement, subject, subject.table(), subject.id(), columns, only);
      for (Subject.Part part : subject.parts()) {
        watch(statement, subject, part.table(), part.owner(), part.columns(), "");
      }
    }
    statement.execute(
        """
        CREATE TRIGGER judge_log AFTER INSERT ON change_log FOR EACH ROW
        IF @unjudged IS NULL THEN
          DELETE FROM judged_change
          WHERE connection = CONNECTION_ID() AND kind = NEW.kind AND subject = NEW.subject_id;
          -- One without fields says that something is shown differently.
          IF ROW_COUNT() = 0 AND COALESCE(NEW.fields, '') <> '{}' THEN
            INSERT INTO judged_change (connection, kind, subject, told, row_hash, delta, statement)
            VALUES (CONNECTION_ID(), NEW.kind, NEW.subject_id, 'a row without a change', '', 1, '');
          END IF;
        END IF
        """);
  }

  private static void watch(
      Statement statement,
      Subject subject,
      String table,
      String id,
      List<String> columns,
      String only)
      throws SQLException {
    for (String event : List.of("INSERT", "UPDATE", "DELETE")) {
      String note = "";
      String condition = event.equals("INSERT") ? only.formatted("NEW") : only.formatted("OLD");
      if (!event.equals("INSERT")) {
        note += note(subject, table, id, "OLD", columns, event, -1);
      }
      if (!event.equals("DELETE")) {
        note += note(subject, table, id, "NEW", columns, event, 1);
      }
      if (event.equals("UPDATE")) {
        condition += " AND " + hash("OLD", columns) + " <> " + hash("NEW", columns);
      }
      statement.execute(
          ("CREATE TRIGGER judge_%1$s_%2$s AFTER %2$s ON %1$s FOR EACH ROW"
                  + " IF @unjudged IS NULL%3$s THEN %4$s END IF")
              .formatted(table, event, condition, note));
    }
  }

  private static String note(
      Subject subject,
      String table,
      String id,
      String row,
      List<String> columns,
      String event,
      int delta) {
    return ("INSERT INTO judged_change"
            + " (connection, kind, subject, told, row_hash, delta, statement) VALUES"
            + " (CONNECTION_ID(), '%s', CAST(%s.%s AS CHAR), 'no row tells of %s', %s, %d, '%s');")
        .formatted(subject.kind(), row, id, table, hash(row, columns), delta, event);
  }

  private static String hash(String row, List<String> columns) {
    return "MD5(CONCAT_WS(',', "
        + String.join(
            ", ",
            columns.stream()
                .map(column -> "COALESCE(MD5(" + row + "." + column + "), '-')")
                .toList())
        + "))";
  }

  private static List<String> columns(Statement statement, String table) throws SQLException {
    return column(
        statement,
        "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE()"
            + " AND COALESCE(generation_expression, '') = '' AND table_name = '"
            + table
            + "'");
  }

  private static List<String> column(Statement statement, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
