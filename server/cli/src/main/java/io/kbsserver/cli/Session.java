package io.kbsserver.cli;

import io.kbsserver.files.BucketLocation;
import io.kbsserver.files.FolderLocation;
import io.kbsserver.files.StoreLocation;
import io.kbsserver.files.s3.S3Access;
import io.kbsserver.files.s3.S3Address;
import io.kbsserver.logging.Secrets;
import io.kbsserver.storage.Database;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.DatabaseSettings;
import io.kbsserver.storage.StartupFailure;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What all commands need.
 *
 * @param terminal the world outside
 * @param termination how it ends
 * @param configured what the environment and the configuration file say
 */
record Session(Terminal terminal, Termination termination, Configuration configured) {

  /** Something done with the application's beans. */
  @FunctionalInterface
  interface CommandWork {
    /** Does it and gives the exit code. */
    int with(ApplicationContext context, Database database) throws Exception;
  }

  /**
   * A command takes the time that it needs, and waits for locks as long as databases usually do.
   */
  private static final Map<String, Object> UNHURRIED =
      Map.of(
          "kbs.query-timeout", 0,
          "kbs.lock-timeout", 50,
          "kbs.slow-query", "0s",
          "datasources.default.connection-timeout", 30_000);

  /** What the environment and the file say, for commands that go by them. */
  Configuration configuration() {
    StartupFailure failure = configured.failure();
    if (failure != null) {
      throw failure;
    }
    return configured;
  }

  /** Where the data is; what is odd about the configuration is told. */
  private DatabaseSettings settings() {
    Configuration configuration = configuration();
    configuration
        .warnings()
        .forEach(warning -> terminal.err().println("kbs-server: warning: " + warning));
    DatabaseSettings settings = DatabaseSettings.fromEnvironment(configuration.values());
    Secrets.keep(settings.password());
    String memory = configuration.value(Variable.DATABASE_MEMORY);
    if (memory == null) {
      return settings;
    }
    if (settings.url() != null) {
      throw new StartupFailure(
          Variable.DATABASE_MEMORY.variable()
              + " is of the built-in database, and "
              + DatabaseSettings.URL
              + " names another: set one of them, and its memory (innodb_buffer_pool_size) there");
    }
    return settings.withMemory((Long) Variable.DATABASE_MEMORY.read(memory));
  }

  /**
   * The same for what is done to the built-in database alone; for another one is said what to do.
   */
  DatabaseSettings builtIn(String elsewhere) {
    DatabaseSettings settings = settings();
    if (settings.url() != null) {
      throw new StartupFailure(DatabaseSettings.URL + " names a database server: " + elsewhere);
    }
    return settings;
  }

  /** Where files are, for what is done without the application. */
  StoreLocation files(DatabaseSettings settings) {
    String url = configuration().value(Variable.FILES_URL);
    return url == null
        ? new FolderLocation(settings.files(), terminal.clock())
        : new BucketLocation(s3().bucket(S3Address.parse((String) Variable.FILES_URL.read(url))));
  }

  /** How an S3-compatible store is reached. */
  S3Access s3() {
    return S3Access.of(configuration().properties(variable -> !variable.isOfServer()));
  }

  /** How mails are handed in, as properties: most commands do not mind. */
  Map<String, Object> smtp() {
    return configuration().properties(Variable::isOfSmtp);
  }

  /** Opens the database, migrates it, does the work and closes everything again. */
  int run(Purpose purpose, Map<String, Object> properties, CommandWork work) throws Exception {
    return run(purpose, properties, (settings, database) -> {}, work);
  }

  /** The same with something done before the database is migrated. */
  int run(
      Purpose purpose,
      Map<String, Object> properties,
      BiConsumer<DatabaseSettings, Database> before,
      CommandWork work)
      throws Exception {
    DatabaseSettings settings = settings();
    Map<String, Object> all = configured.properties(variable -> !variable.isOfServer());
    try (Database database = termination.owns(Database.open(settings, purpose))) {
      Secrets.keep(database.password());
      all.putAll(database.properties(purpose));
      all.put("kbs.files.folder", settings.files().toString());
      all.put("kbs.files.database", database.description());
      if (!purpose.serves()) {
        all.putAll(UNHURRIED);
        if (database.isUpToDate()) {
          // A server sees to it with care, a command has better things to do.
          all.put("flyway.enabled", false);
        }
      }
      all.putAll(properties);
      before.accept(settings, database);
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
