package io.kbsserver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests are not kept waiting; migrations and commands take the time that they need. */
@Timeout(120)
class UnhurriedTest {

  private static final String TIMEOUT = "socketTimeout=1500";

  @Test
  void onlyRequestsEndWhenTheDatabaseTakesLong() throws Exception {
    DatabaseSettings settings =
        DatabaseSettings.fromEnvironment(
            Map.of(
                DatabaseSettings.URL,
                TestDatabase.get()
                    .createSchema("storage_unhurried")
                    .replaceFirst("socketTimeout=\\d+", TIMEOUT),
                DatabaseSettings.USER,
                TestDatabase.get().user(),
                DatabaseSettings.PASSWORD,
                TestDatabase.get().password()));
    try (Database database = Database.open(settings, Purpose.SERVE)) {
      try (ApplicationContext context = context(database, Purpose.SERVE)) {
        sleep(context.getBean(Flyway.class).getConfiguration().getDataSource());
        SQLException failure =
            assertThrows(SQLException.class, () -> sleep(context.getBean(DataSource.class)));
        assertEquals(Optional.of(DatabaseFault.AWAY), DatabaseFault.of(failure));
      }
      try (ApplicationContext context = context(database, Purpose.COMMAND)) {
        sleep(context.getBean(DataSource.class));
      }
    }
  }

  private static ApplicationContext context(Database database, Purpose purpose) {
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .banner(false)
        .properties(database.properties(purpose))
        .start();
  }

  private static void sleep(DataSource source) throws SQLException {
    try (Connection connection = DelegatingDataSource.unwrapDataSource(source).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT SLEEP(2)");
    }
  }
}
