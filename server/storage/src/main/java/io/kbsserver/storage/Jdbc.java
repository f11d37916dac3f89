package io.kbsserver.storage;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs statements that are built, as those of lists are, on the connection of the current
 * transaction. Whatever stands still is the business of repositories.
 */
@Singleton
public class Jdbc implements Statements {

  private final JdbcOperations operations;

  Jdbc(JdbcOperations operations) {
    this.operations = operations;
  }

  @Override
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

  @Override
  public int update(String sql, List<?> args) {
    return operations.prepareStatement(
        sql,
        statement -> {
          bind(statement, args);
          return statement.executeUpdate();
        });
  }

  /** Gives a statement the values of its placeholders. */
  static void bind(PreparedStatement statement, List<?> args) throws SQLException {
    for (int i = 0; i < args.size(); i++) {
      statement.setObject(i + 1, args.get(i));
    }
  }

  /** The first row of a query, if there is one. */
  public <T> Optional<T> first(String sql, List<?> args, RowMapper<T> mapper) {
    return query(sql, args, mapper).stream().findFirst();
  }

  /** The only number that a query gives; 0 where it gives none. */
  public long number(String sql, List<?> args) {
    return first(sql, args, row -> row.getLong(1)).orElse(0L);
  }
}
