package io.kbsserver.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Runs statements in a transaction that somebody else begins and ends. */
public interface Statements {

  /** Makes a value of the current row. */
  @FunctionalInterface
  interface RowMapper<T> {

    /** Reads the current row; must not move the cursor. */
    T map(ResultSet row) throws SQLException;
  }

  /** All rows of a query. */
  <T> List<T> query(String sql, List<?> args, RowMapper<T> mapper);

  /** Changes rows, and tells how many. */
  int update(String sql, List<?> args);
}
