package io.kbsserver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.WordPressFixture;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** A migration is interrupted, wherever it is; the next start goes on with it. */
class InterruptedMigrationTest {

  /** All columns, keys and constraints. */
  private static final String SCHEMA =
      "SELECT 'column', table_name, column_name, ordinal_position, column_type, is_nullable,"
          + " column_default, collation_name, extra FROM information_schema.columns"
          + " WHERE table_schema = DATABASE()"
          + " UNION ALL SELECT 'key', table_name, index_name, seq_in_index, column_name, non_unique,"
          + " '', '', '' FROM information_schema.statistics WHERE table_schema = DATABASE()"
          + " UNION ALL SELECT 'constraint', table_name, constraint_name, 0, constraint_type, '',"
          + " '', '', '' FROM information_schema.table_constraints WHERE table_schema = DATABASE()"
          + " ORDER BY 1, 2, 3, 4, 5";

  @Test
  void whatWasCutOffAfterAnyOfItsStatementsIsFinished() {
    WordPressFixture empty = WordPressFixture.unwatched("straight");
    List<String> versions = versions(empty);
    assertTrue(versions.size() > 1, versions.toString());
    WordPressFixture before = WordPressFixture.firstRelease("before");
    for (int i = 1; i < versions.size(); i++) {
      String version = versions.get(i);
      Function<String, WordPressFixture> copies = before.copies();
      WordPressFixture after = copies.apply(i % 2 == 0 ? "after" : "after_next");
      migrate(after, version);
      List<String> schema = after.rows(SCHEMA);
      int statements = 0;
      boolean more = true;
      while (more) {
        statements++;
        WordPressFixture cut = copies.apply("interrupted");
        more = cutOff(cut, version, statements);
        String place = version + " after statement " + statements;
        migrate(cut, version);
        assertEquals(schema, cut.rows(SCHEMA), place);
        assertEquals(versions.subList(0, i + 1), versions(cut), place);
        if (statements == 1) {
          // What comes after it goes on from there as well.
          resumed(cut.dataSource()).load().migrate();
          assertEquals(empty.rows(SCHEMA), cut.rows(SCHEMA), place);
          assertEquals(versions, versions(cut), place);
        }
      }
      assertTrue(statements > 1, "Nothing of " + version + " was interrupted");
      before = after;
    }
    assertEquals(empty.rows(SCHEMA), before.rows(SCHEMA));
  }

  /** A key or a password, maybe. */
  @Test
  void whatTheLogHadSaidOfSettingsIsTakenOut() {
    WordPressFixture site = WordPressFixture.firstRelease("settings_in_the_log");
    migrate(site, "2.24");
    String row = "INSERT INTO change_log (at, kind, subject_id, action, source, fields) VALUES";
    site.change(
        row + " (NOW(), 'setting', 'key', 'updated', 'command', '{\"value\":{\"to\":\"x\"}}')",
        row + " (NOW(), 'term', '1', 'updated', 'command', '{\"name\":{\"to\":\"x\"}}')");
    migrate(site, "2.26");
    assertEquals(
        List.of("{\"value\":{}}", "{\"name\":{\"to\":\"x\"}}"),
        site.values("SELECT fields FROM change_log WHERE fields IS NOT NULL ORDER BY id"));
  }

  /** Flyway writes down that one failed, and would not start any more. */
  @Test
  void oneThatFailedIsTriedAgainWhenItsReasonIsGone() {
    WordPressFixture site = WordPressFixture.firstRelease("failed_migration");
    site.change("RENAME TABLE attachment TO elsewhere");
    assertThrows(FlywayException.class, () -> resumed(site.dataSource()).load().migrate());
    site.change("RENAME TABLE elsewhere TO attachment");
    resumed(site.dataSource()).load().migrate();
    assertEquals(versions(WordPressFixture.empty("not_failed")), versions(site));
  }

  /**
   * What is there without having been begun is somebody else's, and no migration passes over it.
   */
  @Test
  void whatWasNotBegunHereIsNotPassedOver() {
    WordPressFixture site = WordPressFixture.firstRelease("not_begun");
    site.change("ALTER TABLE imported ADD COLUMN identity INT");
    FlywayException refused =
        assertThrows(FlywayException.class, () -> resumed(site.dataSource()).load().migrate());
    assertTrue(refused.getMessage().contains("identity"), refused.getMessage());
  }

  private static FluentConfiguration resumed(DataSource dataSource) {
    FluentConfiguration flyway = Flyway.configure().dataSource(dataSource);
    new ResumedMigrations().customizeFluentConfiguration(flyway);
    return flyway;
  }

  private static void migrate(WordPressFixture site, String version) {
    resumed(site.dataSource()).target(version).load().migrate();
  }

  /** Lets a migration end like that; false where it has no further statement. */
  private static boolean cutOff(WordPressFixture site, String version, int statements) {
    CutOff cut = new CutOff(statements);
    FluentConfiguration flyway = resumed(cut.of(site.dataSource())).target(version);
    try {
      flyway.load().migrate();
      return false;
    } catch (FlywayException e) {
      assertTrue(cut.done, e.getMessage());
      return true;
    }
  }

  private static List<String> versions(WordPressFixture site) {
    List<String> versions = new ArrayList<>();
    for (MigrationInfo info :
        Flyway.configure().dataSource(site.dataSource()).load().info().applied()) {
      assertTrue(info.getState().isApplied() && !info.getState().isFailed(), info.toString());
      versions.add(info.getVersion().getVersion());
    }
    return versions;
  }

  /** Ends the connection behind a statement of a migration, as the death of the program does. */
  private static final class CutOff {
    private final int last;
    private int statements;
    private boolean done;

    CutOff(int last) {
      this.last = last;
    }

    DataSource of(DataSource dataSource) {
      return proxy(
          DataSource.class,
          dataSource,
          (result, args) -> result instanceof Connection c ? connection(c) : result);
    }

    private Connection connection(Connection connection) {
      return proxy(
          Connection.class,
          connection,
          (result, args) ->
              result instanceof Statement statement && args == null
                  ? statement(statement, connection)
                  : result);
    }

    private Statement statement(Statement statement, Connection connection) {
      return proxy(
          Statement.class,
          statement,
          (result, args) -> {
            if (args != null && isOfMigration(String.valueOf(args[0])) && ++statements == last) {
              done = true;
              connection.abort(Runnable::run);
            }
            return result;
          });
    }

    /** Not those that Flyway has of its own, nor those that remember what was begun. */
    private static boolean isOfMigration(String sql) {
      return !sql.contains("flyway")
          && !sql.contains("migration_begun")
          && sql.matches("(?s)\\s*(--.*?\\n\\s*)*(ALTER|CREATE|INSERT|UPDATE|DELETE|DROP)\\b.*");
    }

    private interface Then {
      Object of(Object result, Object[] args) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T target, Then then) {
      return type.cast(
          Proxy.newProxyInstance(
              CutOff.class.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, args) -> {
                try {
                  return then.of(method.invoke(target, args), args);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              }));
    }
  }
}
