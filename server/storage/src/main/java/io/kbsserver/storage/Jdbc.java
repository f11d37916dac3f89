package io.kbsserver.storage;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs hand-written SQL on the connection of the current transaction. */
@Singleton
public class Jdbc {

  /** Makes a value of the current row. */
  @FunctionalInterface
  public interface RowMapper<T> {

    /** Reads the current row; must not move the cursor. */
    T map(ResultSet row) throws SQLException;
  }

  private final JdbcOperations operations;

  Jdbc(JdbcOperations operations) {
    this.operations = operations;
  }

  /** All rows of a query. */
  public <T> List<T> query(String sql, List<?> args, RowMapper<T> mapper) {
    return operations.prepareStatement(
        sql,
        statement -> {
          bind(statement, args);
          try (ResultSet rows = statement.executeQuery()) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
              result.add(mapper.map(rows));
            }
            return result;
          }
        });
  }

  /** The first row of a query, if there is one. */
  public <T> Optional<T> first(String sql, List<?> args, RowMapper<T> mapper) {
    return query(sql, args, mapper).stream().findFirst();
  }

  /** The only number that a query gives; 0 where it gives none. */
  public long number(String sql, List<?> args) {
    return first(sql, args, row -> row.getLong(1)).orElse(0L);
  }

  /** Changes rows and tells how many. */
  public int update(String sql, Object... args) {
    return operations.prepareStatement(
        sql,
        statement -> {
          bind(statement, java.util.Arrays.asList(args));
          return statement.executeUpdate();
        });
  }

  /** Inserts one row and gives the id that the database chose for it. */
  public long insert(String sql, Object... args) {
    return operations.execute(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            bind(statement, java.util.Arrays.asList(args));
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
              keys.next();
              return keys.getLong(1);
            }
          }
        });
  }

  /** Runs one statement for each list of values. */
  public void batch(String sql, List<List<Object>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    operations.prepareStatement(
        sql,
        statement -> {
          for (List<Object> args : rows) {
            bind(statement, args);
            statement.addBatch();
          }
          return statement.executeBatch();
        });
  }

  /** A nullable id column. */
  public static Long nullableLong(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  /** A nullable date column, as the wall clock that it holds. */
  public static LocalDateTime dateTime(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDateTime.class);
  }

  private static void bind(PreparedStatement statement, List<?> args) throws SQLException {
    for (int i = 0; i < args.size(); i++) {
      statement.setObject(i + 1, args.get(i));
    }
  }
}
