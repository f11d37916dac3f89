package io.kbsserver.cli;

import io.kbsserver.logging.Secrets;
import io.kbsserver.storage.Database;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.DatabaseSettings;
import io.kbsserver.storage.StartupFailure;
import io.micronaut.context.ApplicationContext;
import java.util.HashMap;
import java.util.Map;

/**
 * What all commands need.
 *
 * @param terminal the world outside
 * @param termination how it ends
 */
record Session(Terminal terminal, Termination termination) {

  /** Something done with the application's beans. */
  @FunctionalInterface
  interface Work {
    /** Does it and gives the exit code. */
    int with(ApplicationContext context, Database database) throws Exception;
  }

  /** Opens the database, migrates it, does the work and closes everything again. */
  int run(Purpose purpose, Map<String, Object> properties, Work work) throws Exception {
    DatabaseSettings settings = DatabaseSettings.fromEnvironment(terminal.environment());
    Secrets.keep(settings.password());
    try (Database database = termination.owns(Database.open(settings, purpose))) {
      Secrets.keep(database.password());
      Map<String, Object> all = new HashMap<>(database.properties());
      all.putAll(properties);
      // Starting the context makes the data source, and that runs the migrations.
      try (ApplicationContext context = started(all)) {
        return work.with(context, database);
      }
    }
  }

  private static ApplicationContext started(Map<String, Object> properties) {
    try {
      return ApplicationContext.builder()
          .deduceEnvironment(false)
          .banner(false)
          .properties(properties)
          .start();
    } catch (RuntimeException e) {
      throw StartupFailure.ofMigration(e).map(RuntimeException.class::cast).orElse(e);
    }
  }
}
