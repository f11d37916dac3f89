package io.kbsserver.storage;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/** Counts in the database, in one statement where a repository would send two. */
@Singleton
public class Counting {

  private final JdbcOperations operations;

  Counting(JdbcOperations operations) {
    this.operations = operations;
  }

  /** Runs a statement that counts, and gives the number that its LAST_INSERT_ID() was told. */
  public long counted(String sql, List<?> args) {
    return operations.execute(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            Jdbc.bind(statement, args);
            statement.executeUpdate();
            try (ResultSet numbers = statement.getGeneratedKeys()) {
              numbers.next();
              return numbers.getLong(1);
            }
          }
        });
  }
}
