package io.kbsserver.storage;

import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the database estimates of its tables when it chooses a plan. It counts again in the
 * background, some time behind many changes, and forgets that it meant to when it is stopped: a
 * site that was filled at one go could be read by plans for empty tables, for months.
 */
@Singleton
public class TableStatistics {

  private static final Logger LOG = LoggerFactory.getLogger(TableStatistics.class);

  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables"
          + " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'";

  /** Of this server alone: a cluster would do it on all of its servers, and let writes wait. */
  private static final String RENEW = "ANALYZE LOCAL TABLE ";

  private final DataSource dataSource;

  TableStatistics(DataSource dataSource) {
    // Outside of the framework's transactions.
    this.dataSource = DelegatingDataSource.unwrapDataSource(dataSource);
  }

  /** Estimates anew, as {@link #renew(Connection)} does. */
  public void renew() {
    try (Connection connection = dataSource.getConnection()) {
      renew(connection);
    } catch (SQLException e) {
      leave("the tables", e);
    }
  }

  /**
   * Estimates anew, of some pages of each table; all must be committed. Nothing is wrong with a
   * site where that fails, for want of a right on a table that is somebody else's, say.
   */
  public static void renew(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(TABLES)) {
        while (rows.next()) {
          tables.add("`" + rows.getString(1).replace("`", "``") + "`");
        }
      }
      for (String table : tables) {
        renew(statement, table);
      }
    } catch (SQLException e) {
      leave("the tables", e);
    }
  }

  private static void renew(Statement statement, String table) {
    try {
      statement.executeQuery(RENEW + table).close();
    } catch (SQLException e) {
      leave(table, e);
    }
  }

  private static void leave(String what, SQLException e) {
    LOG.warn("The statistics of {} were not made anew: {}", what, ExternalDatabase.reason(e));
  }
}
