package io.kbsserver.storage;

import java.util.Map;

/**
 * The database that this process works on: the built-in one, or a server that someone else runs.
 * Closing it leaves the data and, for the built-in one, stops its process.
 */
public sealed interface Database extends AutoCloseable permits EmbeddedDatabase, ExternalDatabase {

  /** What the database is opened for; it decides who may share the built-in one. */
  enum Purpose {
    /** To serve the site: one such process per data folder. */
    SERVE("kbs"),
    /** To serve the demo site, which has a schema of its own and never mixes with a real one. */
    DEMO("kbs_demo"),
    /** To fill the demo site, which takes long: never while a server runs, which may be another. */
    FILL_DEMO("kbs_demo"),
    /** To run one command: joins the server that is running on the data folder, if any. */
    COMMAND("kbs"),
    /** The same for a command that has nothing to do where there is no database yet. */
    COMMAND_ON_EXISTING("kbs"),
    /** To import: as a command, but never into the demo site. */
    IMPORT("kbs"),
    /** To write all of it into a file; never the demo site, and never changing anything. */
    BACKUP("kbs"),
    /** To put what such a file holds in the place of what is there. */
    RESTORE("kbs");

    private final String schema;

    Purpose(String schema) {
      this.schema = schema;
    }

    /** Whether requests are answered. */
    public boolean serves() {
      return switch (this) {
        case SERVE, DEMO -> true;
        case FILL_DEMO, COMMAND, COMMAND_ON_EXISTING, IMPORT, BACKUP, RESTORE -> false;
      };
    }

    boolean mayCreate() {
      return this != COMMAND_ON_EXISTING && this != BACKUP;
    }

    /** Whether it is about the real site alone. */
    boolean leavesTheDemo() {
      return this == IMPORT || this == BACKUP;
    }

    String schema() {
      return schema;
    }
  }

  /**
   * Opens the database that the settings name, and returns when it answers.
   *
   * @throws StartupFailure with one clear line when it cannot be used
   */
  static Database open(DatabaseSettings settings, Purpose purpose) {
    // The built-in database's classes are loaded on its own branch only: a server that has a
    // database elsewhere needs neither them nor the binary.
    String url = settings.url();
    return url == null
        ? EmbeddedDatabase.openOrJoin(settings, purpose)
        : ExternalDatabase.open(url, settings, purpose.mayCreate());
  }

  /** The JDBC URL with all connection options; never print it, it may hold a password. */
  String url();

  /** The same for migrations and commands, whose statements take the time that they need. */
  String unhurriedUrl();

  /** The user to connect as. */
  String user();

  /** The user's password. */
  String password();

  /** The database in words that may be shown. */
  String description();

  /** Whether its tables were those of this program when it was opened. */
  boolean isUpToDate();

  /** The data source's properties for Micronaut's application context. */
  default Map<String, Object> properties(Purpose purpose) {
    return Map.of(
        "datasources.default.url",
        purpose.serves() ? url() : unhurriedUrl(),
        "datasources.default.username",
        user(),
        "datasources.default.password",
        password(),
        "flyway.datasources." + ResumedMigrations.CONFIGURATION + ".url",
        unhurriedUrl());
  }

  /** Lets go of the database; safe to call more than once. */
  @Override
  void close();
}
