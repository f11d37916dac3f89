package io.kbsserver.storage;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the data is, as the environment says it.
 *
 * @param url the JDBC URL of a database server, or null for the built-in one
 * @param user the user on that server, or null where the URL names one
 * @param password that user's password, may be empty
 * @param dataFolder the folder of the built-in database, and of files
 * @param memory so many bytes of its tables the built-in database keeps in memory
 */
public record DatabaseSettings(
    @Nullable String url, @Nullable String user, String password, Path dataFolder, long memory) {
  /** Names the database server; without it the built-in database is used. */
  public static final String URL = "KBS_DATABASE_URL";

  /** The user on the database server. */
  public static final String USER = "KBS_DATABASE_USER";

  /** The password of that user. */
  public static final String PASSWORD = "KBS_DATABASE_PASSWORD";

  /** A file whose first line is that password. */
  public static final String PASSWORD_FILE = "KBS_DATABASE_PASSWORD_FILE";

  /** The folder of the built-in database, and of files. */
  public static final String DATA_FOLDER = "KBS_DATA_DIR";

  static final long MEMORY = 128L << 20;

  /** Only the data folder and the password are always there. */
  public DatabaseSettings {
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(dataFolder, "dataFolder");
  }

  /** The settings of the built-in database in a folder. */
  public static DatabaseSettings embedded(Path dataFolder) {
    return new DatabaseSettings(null, null, "", dataFolder, MEMORY);
  }

  /** Reads the settings from environment variables; blank ones count as not set. */
  public static DatabaseSettings fromEnvironment(Map<String, String> environment) {
    String url = blankToNull(environment.get(URL));
    String user = blankToNull(environment.get(USER));
    String passwordFile = blankToNull(environment.get(PASSWORD_FILE));
    if (url == null) {
      Stream.of(USER, PASSWORD, PASSWORD_FILE)
          .filter(name -> blankToNull(environment.get(name)) != null)
          .findFirst()
          .ifPresent(
              name -> {
                throw new StartupFailure(
                    name
                        + " is set but "
                        + URL
                        + " is not: set both, or none for the built-in database");
              });
    }
    String password = password(environment.getOrDefault(PASSWORD, ""), passwordFile);
    String folder = blankToNull(environment.get(DATA_FOLDER));
    try {
      Path path = folder == null ? defaultDataFolder(environment) : Path.of(folder);
      return new DatabaseSettings(url, user, password, path.toAbsolutePath().normalize(), MEMORY);
    } catch (InvalidPathException e) {
      throw new StartupFailure(DATA_FOLDER + " is not a folder name: " + folder, e);
    }
  }

  /** The same where the built-in database keeps so many bytes in memory. */
  public DatabaseSettings withMemory(long bytes) {
    return new DatabaseSettings(url, user, password, dataFolder, bytes);
  }

  private static String password(String given, @Nullable String file) {
    if (file == null) {
      return given;
    }
    if (!given.isEmpty()) {
      throw new StartupFailure(
          PASSWORD + " and " + PASSWORD_FILE + " are both set: keep one of them");
    }
    return WrittenFile.password("The file of " + PASSWORD_FILE, file);
  }

  /**
   * The folder that the built-in database uses unless told otherwise: where the platform keeps the
   * data of a user's programs. It does not depend on the working directory, so that {@code import}
   * and {@code serve} find the same data wherever they are started.
   */
  public static Path defaultDataFolder(Map<String, String> environment) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    Path home = Path.of(System.getProperty("user.home", "."));
    if (system.contains("win")) {
      String local = blankToNull(environment.get("LOCALAPPDATA"));
      return (local == null ? home.resolve("AppData").resolve("Local") : Path.of(local))
          .resolve("kbs-server");
    }
    if (system.contains("mac")) {
      return home.resolve("Library").resolve("Application Support").resolve("kbs-server");
    }
    String data = blankToNull(environment.get("XDG_DATA_HOME"));
    return (data == null ? home.resolve(".local").resolve("share") : Path.of(data))
        .resolve("kbs-server");
  }

  private static @Nullable String blankToNull(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** The database on that server, or null for the built-in one. */
  public @Nullable String schema() {
    return url == null ? null : ConnectionUrl.parse(url).schema();
  }

  /** The folder of the stores of files. */
  public Path files() {
    return dataFolder.resolve("files");
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return url == null ? "built-in database in " + dataFolder : "database server of " + URL;
  }
}
