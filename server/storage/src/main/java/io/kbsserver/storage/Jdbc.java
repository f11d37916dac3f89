package io.kbsserver.storage;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
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
          for (int i = 0; i < args.size(); i++) {
            statement.setObject(i + 1, args.get(i));
          }
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
          for (int i = 0; i < args.size(); i++) {
            statement.setObject(i + 1, args.get(i));
          }
          return statement.executeUpdate();
        });
  }

  /** Runs a statement that counts, and gives the number that its LAST_INSERT_ID() was told. */
  public long counted(String sql, List<?> args) {
    return operations.execute(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < args.size(); i++) {
              statement.setObject(i + 1, args.get(i));
            }
            statement.executeUpdate();
            try (ResultSet numbers = statement.getGeneratedKeys()) {
              numbers.next();
              return numbers.getLong(1);
            }
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
}
