package io.kbsserver.wordpress.destination;

import io.kbsserver.change.Author;
import io.kbsserver.change.ChangeRecorder;
import io.kbsserver.change.LoggedState;
import io.kbsserver.change.Subject;
import io.kbsserver.storage.TableStatistics;
import io.kbsserver.wordpress.source.WordPressDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The database that is filled: a connection without autocommit, and the few ways to use it. */
public final class TargetDatabase {

  /** Makes something of the current row. */
  @FunctionalInterface
  public interface Row<T> {
    @Nullable T map(ResultSet row) throws SQLException;
  }

  private static final int ROWS_PER_STATEMENT = 500;
  private static final long CHARACTERS_PER_STATEMENT = 2_000_000;
  private static final Pattern NEXT_ID = Pattern.compile("\\bAUTO_INCREMENT=([0-9]{1,18})\\b");

  private final Connection connection;
  private final boolean dryRun;
  private final ChangeRecorder changes;

  /**
   * On a connection.
   *
   * @param dryRun whether nothing is to be written: what would be is passed over
   * @param clock tells the log of changes what time it is
   */
  public TargetDatabase(Connection connection, boolean dryRun, Clock clock) {
    this.connection = connection;
    this.dryRun = dryRun;
    this.changes =
        new ChangeRecorder(new TargetStatements(this), new LoggedState(), Author.IMPORT, clock);
  }

  /** Whether nothing is written. */
  public boolean isDryRun() {
    return dryRun;
  }

  /**
   * These are about to be changed or deleted; {@link #commit()} writes that to the log. Null stands
   * for what the log does not tell of.
   */
  public void changes(@Nullable Subject subject, Collection<?> ids) throws SQLException {
    if (subject != null && !dryRun) {
      TargetStatements.run(() -> changes.changes(subject, ids));
    }
  }

  /** These are about to be made. */
  public void creates(@Nullable Subject subject, Collection<?> ids) {
    if (subject != null && !dryRun) {
      changes.creates(subject, ids);
    }
  }

  /** Ends a transaction, with what it has changed in the log. */
  public void commit() throws SQLException {
    TargetStatements.run(changes::beforeCommit);
    connection.commit();
  }

  /** Lets the database see how much there is by now; all must be committed. */
  public void renewStatistics() {
    if (!dryRun) {
      TableStatistics.renew(connection);
    }
  }

  public void rollback() throws SQLException {
    changes.forget();
    connection.rollback();
  }

  public <T> List<T> query(String sql, List<?> args, Row<T> row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, 0, args);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> result = new ArrayList<>();
        while (rows.next()) {
          result.add(row.map(rows));
        }
        return result;
      }
    }
  }

  /** The number that a query gives; 0 where it gives none. */
  public long number(String sql, Object... args) throws SQLException {
    List<Long> numbers = query(sql, List.of(args), row -> row.getLong(1));
    return numbers.isEmpty() ? 0 : numbers.get(0);
  }

  public int update(String sql, Object... args) throws SQLException {
    if (dryRun) {
      return 0;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, 0, Arrays.asList(args));
      return statement.executeUpdate();
    }
  }

  /** Lets no other import correct counts until the end of the transaction: it would do so twice. */
  public void lockRecounts() throws SQLException {
    query(
        "SELECT name FROM site_setting WHERE name = ? FOR UPDATE",
        List.of(Subject.WITHOUT_LOG),
        row -> row.getString(1));
  }

  /** Inserts one row and gives the id that it got. */
  long insertOne(String sql, Object... args) throws SQLException {
    update(sql, args);
    return number("SELECT LAST_INSERT_ID()");
  }

  /**
   * Runs one statement for each list of values. The driver would send them as one text of many
   * statements, which cannot be prepared.
   */
  public void updateEach(String sql, List<List<Object>> rows) throws SQLException {
    if (rows.isEmpty() || dryRun) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (List<Object> row : rows) {
        bind(statement, 0, row);
        statement.executeUpdate();
      }
    }
  }

  /**
   * Inserts rows, many with one statement.
   *
   * @param into what comes before VALUES
   * @param group the placeholders of one row, in parentheses
   * @param after what comes after the rows, or nothing
   * @return how many rows the database says were inserted
   */
  public int insert(String into, String group, List<? extends List<?>> rows, String after)
      throws SQLException {
    if (dryRun) {
      return 0;
    }
    int inserted = 0;
    int from = 0;
    while (from < rows.size()) {
      int to = from;
      long characters = 0;
      while (to < rows.size()
          && to - from < ROWS_PER_STATEMENT
          && characters < CHARACTERS_PER_STATEMENT) {
        characters += characters(rows.get(to));
        to++;
      }
      String groups = String.join(", ", Collections.nCopies(to - from, group));
      try (PreparedStatement statement =
          connection.prepareStatement(into + " VALUES " + groups + after)) {
        int offset = 0;
        for (List<?> row : rows.subList(from, to)) {
          bind(statement, offset, row);
          offset += row.size();
        }
        inserted += statement.executeUpdate();
      }
      from = to;
    }
    return inserted;
  }

  /** The placeholders of one row. */
  static String group(int columns) {
    return "(" + WordPressDatabase.placeholders(columns) + ")";
  }

  /** Makes new ids of a table start no lower than this; commits. */
  public void raiseNextId(String table, long next) throws SQLException {
    if (dryRun) {
      return;
    }
    List<String> definition =
        query("SHOW CREATE TABLE " + table, List.of(), row -> row.getString(2));
    Matcher matcher = NEXT_ID.matcher(definition.get(0));
    long now = matcher.find() ? Long.parseLong(matcher.group(1)) : 1;
    if (now < next) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("ALTER TABLE " + table + " AUTO_INCREMENT = " + next);
      }
    }
    connection.commit();
  }

  private static long characters(List<?> row) {
    long sum = 0;
    for (Object value : row) {
      sum += value instanceof String text ? text.length() : 8;
    }
    return sum;
  }

  private static void bind(PreparedStatement statement, int offset, List<?> args)
      throws SQLException {
    for (int i = 0; i < args.size(); i++) {
      statement.setObject(offset + i + 1, args.get(i));
    }
  }
}
