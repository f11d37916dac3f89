package io.kbsserver.wordpress.source;

import static java.util.Objects.requireNonNull;

import io.kbsserver.wordpress.report.ImportException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A WordPress database, read in one transaction that writes nothing and sees one moment.
 *
 * <p>Tables of an engine without transactions are read as they are when their turn comes.
 */
public final class WordPressDatabase implements AutoCloseable {

  /** Makes something of the current row. */
  @FunctionalInterface
  public interface Row<T> {
    @Nullable T map(SourceRow row) throws SQLException;
  }

  private static final Pattern NEXT_ID = Pattern.compile("\\bAUTO_INCREMENT=([0-9]{1,18})\\b");
  private static final Pattern NUMBERED = Pattern.compile("(?:.*_)?([0-9]{1,18})_");
  private static final Pattern SECRETS = Pattern.compile("//[^/?#]*@|\\?.*$|#.*$");

  private final Connection connection;
  private final String prefix;
  private final SourceCharset charset;
  private @Nullable SourceTables tables;
  private List<String> doubtfulTexts = List.of();

  private WordPressDatabase(Connection connection, String prefix, SourceCharset charset) {
    this.connection = connection;
    this.prefix = prefix;
    this.charset = charset;
  }

  /** Connects and looks whether a help desk is there. */
  public static WordPressDatabase open(ImportSource source) {
    String prefix = prefix(source.prefix());
    String usersPrefix = source.usersPrefix() == null ? null : prefix(source.usersPrefix());
    SourceCharset charset =
        source.charset() == null
            ? SourceCharset.UNICODE
            : SourceCharset.named(source.charset())
                .orElseThrow(
                    () ->
                        new ImportException(
                            "There is no character set '"
                                + source.charset()
                                + "'; --charset takes what DB_CHARSET is in wp-config.php, such as"
                                + " latin1, utf8 or utf8mb4."));
    WordPressDatabase database = new WordPressDatabase(connect(source), prefix, charset);
    try {
      database.beginSnapshot();
      database.tables = new SourceTables(database, prefix, usersPrefix);
      if (source.charset() == null) {
        database.doubtfulTexts = Mojibake.refuse(database);
      }
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static String prefix(@Nullable String prefix) {
    String given = prefix == null ? "" : prefix;
    if (!ImportSource.isPrefix(given)) {
      throw new ImportException(
          "The table prefix may hold letters, digits, _, $ and - only, 40 at most.");
    }
    return given;
  }

  /** The prefix of the tables, which is part of some keys as well. */
  String prefix() {
    return prefix;
  }

  /** The number of the site in a network, by that prefix; empty for the main one, or for none. */
  public String site() {
    Matcher numbered = NUMBERED.matcher(prefix);
    return numbered.matches() ? numbered.group(1) : "";
  }

  /** The tables as they are. */
  public SourceTables tables() {
    return requireNonNull(tables);
  }

  /** What there is to say of texts that may not be read as they were written. */
  public List<String> doubtfulTexts() {
    return doubtfulTexts;
  }

  /** A table's name in SQL. */
  public String table(String name) {
    return tables().name(name);
  }

  /** All rows of a query. */
  public <T> List<T> query(String sql, List<?> args, Row<T> row) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < args.size(); i++) {
        statement.setObject(i + 1, args.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<T> result = new ArrayList<>();
        SourceRow current = new SourceRow(rows, charset);
        while (rows.next()) {
          result.add(row.map(current));
        }
        return result;
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The number that a query gives; 0 where it gives none. */
  public long number(String sql, Object... args) {
    List<Long> numbers = query(sql, List.of(args), row -> row.getLong(1));
    return numbers.isEmpty() ? 0 : numbers.get(0);
  }

  /**
   * The rows of a query until they weigh enough, so that memory is bounded by bytes, not by rows.
   *
   * @param size the weight of a row that was read
   * @param enough the weight after which no more rows are taken
   */
  public <T> List<T> queryUntil(
      String sql,
      List<?> args,
      Row<T> row,
      java.util.function.ToLongFunction<T> size,
      long enough) {
    try (PreparedStatement statement =
        connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      // How Connector/J is told to hand out rows as they arrive.
      statement.setFetchSize(Integer.MIN_VALUE);
      for (int i = 0; i < args.size(); i++) {
        statement.setObject(i + 1, args.get(i));
      }
      List<T> result = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        long weight = 0;
        SourceRow current = new SourceRow(rows, charset);
        while (weight < enough && rows.next()) {
          T value = row.map(current);
          weight += size.applyAsLong(value);
          result.add(value);
        }
      }
      return result;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * The attributes of some rows, by the id of the row.
   *
   * @param table the attribute table
   * @param idColumn its column with the id of the row
   * @param orderColumn its own id, in whose order the values count
   */
  public Map<Long, Meta> meta(
      String table, String idColumn, String orderColumn, List<Long> ids, Collection<String> keys) {
    Map<Long, Meta> found = new HashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    List<Object> args = new ArrayList<>(ids);
    args.addAll(keys);
    query(
        "SELECT %s, meta_key, meta_value FROM %s WHERE %s IN (%s) AND meta_key IN (%s) ORDER BY %s"
            .formatted(
                idColumn,
                table(table),
                idColumn,
                placeholders(ids.size()),
                placeholders(keys.size()),
                orderColumn),
        args,
        row -> {
          String value = row.getString(3);
          if (value != null) {
            found
                .computeIfAbsent(row.getLong(1), id -> new Meta())
                .add(asked(keys, row.text(2)), value);
          }
          return null;
        });
    return found;
  }

  /** The key that was asked for: the database has its own idea of what is the same. */
  private static String asked(Collection<String> keys, String found) {
    return keys.contains(found)
        ? found
        : keys.stream().filter(found.strip()::equalsIgnoreCase).findFirst().orElse(found);
  }

  /** The value of an option; null where there is none. */
  public @Nullable String option(String name) {
    List<String> values =
        query(
            "SELECT option_value FROM " + table("options") + " WHERE option_name = ?",
            List.of(name),
            row -> row.text(1));
    return values.isEmpty() ? null : values.get(0);
  }

  /** The id that the next row of a table would get. */
  public long nextId(String table, String idColumn) {
    long afterLast = number("SELECT MAX(" + idColumn + ") FROM " + table(table)) + 1;
    if (!tables().hasPrimaryKey(table)) {
      // A view, or a copy without its keys: nothing counts on behind its last row.
      return afterLast;
    }
    // Not from information_schema, where MySQL 8 keeps an old value for a day.
    List<String> definition =
        query("SHOW CREATE TABLE " + table(table), List.of(), row -> row.getString(2));
    Matcher matcher = NEXT_ID.matcher(definition.get(0));
    return matcher.find() ? Math.max(afterLast, Long.parseLong(matcher.group(1))) : afterLast;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // Nothing was written: there is nothing to lose, and nobody to tell.
      return;
    }
  }

  /** So many question marks. */
  public static String placeholders(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  private static Connection connect(ImportSource source) {
    String url = source.url() == null ? "" : source.url().strip();
    if (url.startsWith("jdbc:mariadb:")) {
      url = "jdbc:mysql:" + url.substring("jdbc:mariadb:".length());
    }
    String shown =
        SECRETS.matcher(url).replaceAll(match -> match.group().startsWith("//") ? "//" : "");
    if (!url.startsWith("jdbc:mysql://")) {
      throw new ImportException(
          "The address of the WordPress database must look like jdbc:mysql://host:3306/database.");
    }
    Properties properties = new Properties();
    if (source.user() != null) {
      properties.setProperty("user", source.user());
    }
    if (source.password() != null) {
      properties.setProperty("password", source.password());
    }
    properties.setProperty("characterEncoding", "UTF-8");
    properties.setProperty("zeroDateTimeBehavior", "CONVERT_TO_NULL");
    properties.setProperty("tinyInt1isBit", "false");
    properties.setProperty("connectTimeout", "10000");
    properties.setProperty("tcpKeepAlive", "true");
    // Whatever the server's is: what is read here means the same in all.
    properties.setProperty("sessionVariables", "sql_mode=''");
    try {
      return DriverManager.getConnection(url, properties);
    } catch (SQLException e) {
      throw new ImportException(refusal(e, shown, source.user()), e);
    }
  }

  private static String refusal(SQLException e, String shown, @Nullable String user) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith("28") || e.getErrorCode() == 1044 || e.getErrorCode() == 1698) {
      return "The WordPress database at "
          + shown
          + " refuses the user "
          + user
          + " with this password.";
    }
    if (e.getErrorCode() == 1049) {
      return "There is no such database: " + shown + ".";
    }
    return "The WordPress database at " + shown + " cannot be reached.";
  }

  private void beginSnapshot() {
    try (Statement statement = connection.createStatement()) {
      if (!charset.isUnicode()) {
        // Each column in its own character set, so that the bytes are those that WordPress wrote.
        statement.execute("SET SESSION character_set_results = NULL");
      }
      statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static ImportException failed(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return new ImportException(
        state.startsWith("08")
            ? "The connection to the WordPress database was lost; run the import again to go on."
            : "The WordPress database answered: " + firstLine(e) + ".",
        e);
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("an error");
  }
}
