package io.kbsserver.storage;

import io.micronaut.core.io.IOUtils;
import java.net.URL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at a database before it is migrated: whether it is ours and not of a newer program, and
 * whether the user has the rights. What is wrong is said before anything is changed.
 */
final class SchemaCheck {
  private static final String HISTORY = "flyway_schema_history";
  private static final String MIGRATIONS = "/db/migration";
  private static final String FIRST_MIGRATION = "V1__schema.sql";

  /** The first and the last table that the first migration makes. */
  private static final List<String> OURS = List.of("site_setting", "ticket");

  private static final int MOST_NAMED = 3;

  private final Connection connection;
  private final ConnectionUrl url;

  private SchemaCheck(Connection connection, ConnectionUrl url) {
    this.connection = connection;
    this.url = url;
  }

  /**
   * Checks the connection's database; a failure says what to do.
   *
   * @param shared whether others may have their data on that server
   * @return whether it is up to date, so that there is nothing to migrate
   */
  static boolean check(Connection connection, ConnectionUrl url, boolean shared)
      throws SQLException {
    return new SchemaCheck(connection, url).check(shared);
  }

  private boolean check(boolean shared) throws SQLException {
    Rights rights = Rights.of(connection, url.schema());
    refuse(rights.lacking(Rights.TO_WORK));
    Set<String> tables =
        new HashSet<>(
            texts(
                "SELECT LOWER(table_name) FROM information_schema.tables"
                    + " WHERE table_schema = DATABASE() ORDER BY table_name"));
    boolean made = tables.remove(HISTORY);
    boolean begun = tables.remove(BegunMigrations.TABLE);
    Map<String, Boolean> history = made ? history() : Map.of();
    Set<String> applied = new HashSet<>(history.keySet());
    applied.removeIf(script -> !Boolean.TRUE.equals(history.get(script)));
    boolean ours = applied.contains(FIRST_MIGRATION) && tables.containsAll(OURS);
    if (shared && !tables.isEmpty() && !ours && !begun) {
      throw made && applied.isEmpty() && tables.contains(OURS.get(0))
          ? interrupted(FIRST_MIGRATION)
          : foreign(tables);
    }
    newer(history.keySet())
        .ifPresent(
            version -> {
              throw new StartupFailure(
                  "The "
                      + named()
                      + " is of a newer kbs-server, which brought it to "
                      + version
                      + ": start that version or a newer one, or bring back the backup from before"
                      + " it");
            });
    boolean upToDate = !applied.isEmpty() && applied.containsAll(known());
    if (!upToDate) {
      refuse(rights.lacking(Rights.TO_MIGRATE));
    }
    return upToDate;
  }

  /** The version that a newer program has brought a database to, if these were carried out. */
  static Optional<String> newer(Collection<String> scripts) {
    return scripts.stream()
        .filter(script -> SchemaCheck.class.getResource(MIGRATIONS + "/" + script) == null)
        .map(SchemaCheck::version)
        .findFirst();
  }

  /** The migrations that were carried out, and whether they went well. */
  private Map<String, Boolean> history() throws SQLException {
    Map<String, Boolean> history = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT script, success FROM " + HISTORY + " WHERE type = 'SQL'")) {
      while (rows.next()) {
        history.put(rows.getString(1), rows.getBoolean(2));
      }
    }
    return history;
  }

  private StartupFailure foreign(Set<String> tables) {
    List<String> named = tables.stream().sorted().limit(MOST_NAMED).toList();
    int more = tables.size() - named.size();
    String list = String.join(", ", named) + (more > 0 ? " and " + more + " more" : "");
    boolean wordPress =
        tables.stream()
            .filter(table -> table.endsWith("options"))
            .map(table -> table.substring(0, table.length() - "options".length()))
            .anyMatch(
                prefix ->
                    tables.contains(prefix + "posts") && tables.contains(prefix + "postmeta"));
    return new StartupFailure(
        wordPress
            ? "The "
                + named()
                + " is that of a WordPress site ("
                + list
                + "): name another one for kbs-server, and bring the site over with kbs-server import"
                + " --from"
            : "The "
                + named()
                + " holds the tables of another program ("
                + list
                + "): name an empty one, or one that does not exist yet");
  }

  /** What this program has begun, it goes on with; this was not begun by it. */
  static StartupFailure interrupted(String script) {
    return new StartupFailure(
        "The database has already what the migration to "
            + version(script)
            + " makes: a version that did not go on with migrations was interrupted in it, or"
            + " somebody has changed the tables; bring back the backup from before (drop the database"
            + " if it was new), then start again");
  }

  private void refuse(List<String> lacking) throws SQLException {
    if (!lacking.isEmpty()) {
      String rights = String.join(", ", lacking);
      String account = texts("SELECT CURRENT_USER()").get(0).replaceFirst("@(?=[^@]*$)", "'@'");
      throw new StartupFailure(
          "The user of "
              + DatabaseSettings.USER
              + " lacks rights on the "
              + named()
              + ": GRANT "
              + rights
              + " ON `"
              + url.schema()
              + "`.* TO '"
              + account
              + "'");
    }
  }

  private static Set<String> known() {
    Set<String> known = new HashSet<>();
    URL folder = Objects.requireNonNull(SchemaCheck.class.getResource(MIGRATIONS));
    IOUtils.eachFile(
        folder, MIGRATIONS.substring(1), file -> known.add(String.valueOf(file.getFileName())));
    return known;
  }

  private String named() {
    return "database " + url.schema() + " on " + url.server();
  }

  /** {@code V2_3__what_it_does.sql} is version 2.3. */
  private static String version(String script) {
    return "version "
        + script
            .replaceFirst("__.*", "")
            .replace('_', '.')
            .toUpperCase(Locale.ROOT)
            .replace("V", "");
  }

  private List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
