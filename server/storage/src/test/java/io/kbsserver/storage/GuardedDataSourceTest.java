package io.kbsserver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.kbsserver.testing.TestFolders;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class GuardedDataSourceTest {

  @Test
  void tellsAPoolInUseFromADatabaseThatIsAwayAndEndsWaiting() throws Exception {
    MariaDbProgram.unpackedIn(TestFolders.database());
    try (EmbeddedDatabase database = EmbeddedDatabase.open(TestFolders.dataFolder("guarded"))) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(database.url());
      config.setUsername(database.user());
      config.setPassword(database.password());
      config.setMaximumPoolSize(1);
      config.setConnectionTimeout(250);
      DatabaseWatch watch = new DatabaseWatch(database.url(), database.user(), database.password());
      List<SlowQuery> slow = new CopyOnWriteArrayList<>();
      StatementTimer timer = new StatementTimer(Duration.ofNanos(1), slow::add);
      try (GuardedDataSource source =
              new GuardedDataSource(new HikariDataSource(config), watch, timer);
          Connection connection = source.getConnection()) {
        SQLException failure = assertThrows(SQLException.class, source::getConnection);
        assertEquals(Optional.of(DatabaseFault.ALL_IN_USE), DatabaseFault.of(failure));

        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> sleep(connection));
        awaitSleep(database);
        source.abandonThoseBefore(System.nanoTime());
        CompletionException ended = assertThrows(CompletionException.class, waiting::join);
        assertEquals(Optional.of(DatabaseFault.AWAY), DatabaseFault.of(ended), ended::toString);
        assertTrue(connection.isClosed());
        assertEquals("SELECT SLEEP(60)", slow.get(0).sql());
        assertTrue(slow.get(0).error().isPresent(), slow::toString);
        // What broke it is to be told, and not that it cannot be put in order.
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  /** What is ended before it has begun is told by nobody. */
  private static void awaitSleep(EmbeddedDatabase database) throws Exception {
    try (Connection beside =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        PreparedStatement sleeping =
            beside.prepareStatement(
                "SELECT COUNT(*) FROM information_schema.processlist WHERE info = ?")) {
      sleeping.setString(1, "SELECT SLEEP(60)");
      int found = 0;
      while (found == 0) {
        try (ResultSet row = sleeping.executeQuery()) {
          row.next();
          found = row.getInt(1);
        }
      }
    }
  }

  private static void sleep(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT SLEEP(60)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
