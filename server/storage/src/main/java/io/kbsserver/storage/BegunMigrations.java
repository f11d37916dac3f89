package io.kbsserver.storage;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Remembers in the database which migrations were begun, until all of them are done. One that was
 * begun before and is not among those that Flyway knows as done was interrupted.
 */
final class BegunMigrations implements Callback {

  static final String TABLE = "migration_begun";
  private static final Set<Event> EVENTS =
      EnumSet.of(Event.BEFORE_VALIDATE, Event.BEFORE_EACH_MIGRATE, Event.AFTER_MIGRATE_APPLIED);

  private volatile boolean resumes;

  /** Whether the migration that is being carried out was begun before. */
  boolean resumes() {
    return resumes;
  }

  @Override
  public boolean supports(Event event, Context context) {
    return EVENTS.contains(event);
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try (Statement statement = context.getConnection().createStatement()) {
      switch (event) {
        case BEFORE_VALIDATE -> forgetFailures(statement, context);
        case BEFORE_EACH_MIGRATE -> {
          resumes = false;
          statement.execute(
              "CREATE TABLE IF NOT EXISTS " + TABLE + " (version VARCHAR(50) PRIMARY KEY)");
          resumes = !begin(context);
        }
        default -> {
          resumes = false;
          statement.execute("DROP TABLE IF EXISTS " + TABLE);
        }
      }
    } catch (SQLException e) {
      throw new FlywayException(StartupFailure.oneLine(e), e);
    }
  }

  /** Flyway starts no more where a migration has failed once; what made it fail may be mended. */
  private static void forgetFailures(Statement statement, Context context) throws SQLException {
    String history = context.getConfiguration().getTable();
    try (ResultSet found =
        statement.executeQuery(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE()"
                + " AND table_name = '"
                + history
                + "'")) {
      if (!found.next()) {
        return;
      }
    }
    statement.executeUpdate("DELETE FROM `" + history + "` WHERE success = 0");
  }

  private static boolean begin(Context context) throws SQLException {
    try (PreparedStatement insert =
        context
            .getConnection()
            .prepareStatement("INSERT IGNORE INTO " + TABLE + " (version) VALUES (?)")) {
      insert.setString(1, Objects.toString(context.getMigrationInfo().getVersion()));
      return insert.executeUpdate() == 1;
    }
  }

  @Override
  public String getCallbackName() {
    return "begun migrations";
  }
}
