package io.kbsserver.wordpress.destination;

import io.kbsserver.storage.Statements;
import java.sql.SQLException;
import java.util.List;

/** Statements of others on the connection of an import. */
final class TargetStatements implements Statements {

  /** What the database answered, on its way through those who do not ask it themselves. */
  private static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;
    private final transient SQLException why;

    Refused(SQLException why) {
      super(why);
      this.why = why;
    }
  }

  private final TargetDatabase target;

  TargetStatements(TargetDatabase target) {
    this.target = target;
  }

  /** Lets others work, and hands on what the database answers them. */
  static void run(Runnable work) throws SQLException {
    try {
      work.run();
    } catch (Refused e) {
      throw e.why;
    }
  }

  @Override
  public <T> List<T> query(String sql, List<?> args, RowMapper<T> mapper) {
    try {
      return target.query(sql, args, mapper::map);
    } catch (SQLException e) {
      throw new Refused(e);
    }
  }

  @Override
  public int update(String sql, List<?> args) {
    try {
      return target.update(sql, args.toArray());
    } catch (SQLException e) {
      throw new Refused(e);
    }
  }
}
