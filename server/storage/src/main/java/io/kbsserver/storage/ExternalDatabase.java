package io.kbsserver.storage;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A database server that someone else runs; closing this only lets go of it. */
public final class ExternalDatabase implements Database {
  private static final int ACCESS_DENIED = 1045;
  private static final int ACCESS_DENIED_NO_PASSWORD = 1698;
  private static final int ACCESS_DENIED_TO_SCHEMA = 1044;
  private static final int UNKNOWN_SCHEMA = 1049;
  private static final int TOO_MANY_CONNECTIONS = 1040;
  private static final Pattern VERSION = Pattern.compile("(?:5\\.5\\.5-)?(\\d+)\\.(\\d+).*");

  private final ConnectionUrl url;
  private final String user;
  private final String password;
  private final String description;
  private final boolean upToDate;

  private ExternalDatabase(
      ConnectionUrl url, String user, String password, String description, boolean upToDate) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.description = description;
    this.upToDate = upToDate;
  }

  static ExternalDatabase open(String jdbcUrl, DatabaseSettings settings, boolean mayCreate) {
    ConnectionUrl url = ConnectionUrl.parse(jdbcUrl);
    String user = settings.user();
    if (user == null && !url.options().containsKey("user") && !url.hosts().contains("@")) {
      throw new StartupFailure(
          DatabaseSettings.USER
              + " is not set: "
              + DatabaseSettings.URL
              + " names the server "
              + url.server()
              + ", which needs a user and its password");
    }
    return connect(
            url,
            user == null ? url.options().getOrDefault("user", "") : user,
            settings.password().isEmpty()
                ? url.options().getOrDefault("password", "")
                : settings.password(),
            "database " + url.schema() + " on " + url.server(),
            mayCreate,
            true)
        .withCausalReads();
  }

  static ExternalDatabase connect(
      ConnectionUrl url,
      String user,
      String password,
      String description,
      boolean mayCreate,
      boolean shared) {
    boolean upToDate = prepare(url, user, password, mayCreate, shared);
    return new ExternalDatabase(url, user, password, description, upToDate);
  }

  private ExternalDatabase withCausalReads() {
    try (Connection connection = DriverManager.getConnection(url.jdbc(), user, password)) {
      return new ExternalDatabase(
          GaleraCluster.causal(url, connection), user, password, description, upToDate);
    } catch (SQLException e) {
      throw explain(e, url, user);
    }
  }

  /**
   * Sees that the schema is there and that the server can be worked with.
   *
   * @param shared whether others may have their data on that server
   * @return whether the schema is up to date
   */
  static boolean prepare(
      ConnectionUrl url, String user, String password, boolean mayCreate, boolean shared) {
    try (Connection connection = DriverManager.getConnection(url.jdbc(), user, password)) {
      checkVersion(connection, url);
      return SchemaCheck.check(connection, url, shared);
    } catch (SQLException e) {
      if (e.getErrorCode() != UNKNOWN_SCHEMA) {
        throw explain(e, url, user);
      }
      if (!mayCreate) {
        throw new StartupFailure(
            "There is no database "
                + url.schema()
                + " on "
                + url.server()
                + " yet, so there is nothing to show or to change",
            e);
      }
      create(url, user, password);
      return prepare(url, user, password, false, shared);
    }
  }

  private static void create(ConnectionUrl url, String user, String password) {
    String schema = url.schema().replace("`", "``");
    try (Connection connection =
            DriverManager.getConnection(url.jdbcWithoutSchema(), user, password);
        Statement statement = connection.createStatement()) {
      checkVersion(connection, url);
      statement.execute(
          "CREATE DATABASE IF NOT EXISTS `"
              + schema
              + "` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci");
    } catch (SQLException e) {
      if (e.getErrorCode() == ACCESS_DENIED_TO_SCHEMA) {
        throw new StartupFailure(
            "The database "
                + url.schema()
                + " does not exist on "
                + url.server()
                + ", and the user "
                + user
                + " may not create it ("
                + DatabaseSettings.URL
                + ")",
            e);
      }
      throw explain(e, url, user);
    }
  }

  private static void checkVersion(Connection connection, ConnectionUrl url) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT VERSION()")) {
      row.next();
      String version = row.getString(1);
      Matcher matcher = VERSION.matcher(version);
      if (matcher.matches()) {
        int major = Integer.parseInt(matcher.group(1));
        int minor = Integer.parseInt(matcher.group(2));
        boolean old =
            version.contains("MariaDB") ? major < 10 || major == 10 && minor < 6 : major < 8;
        if (old) {
          throw new StartupFailure(
              "The database server "
                  + url.server()
                  + " is too old: it is "
                  + version
                  + ", needed is MySQL 8.0 or MariaDB 10.6 or newer");
        }
      }
    }
  }

  /** Says which setting to look at. The driver's own words are kept out, they hold stack traces. */
  private static StartupFailure explain(SQLException e, ConnectionUrl url, String user) {
    String server = url.server();
    return switch (e.getErrorCode()) {
      case ACCESS_DENIED, ACCESS_DENIED_NO_PASSWORD ->
          new StartupFailure(
              "The database server "
                  + server
                  + " refuses the user "
                  + user
                  + " with this password ("
                  + DatabaseSettings.USER
                  + ", "
                  + DatabaseSettings.PASSWORD
                  + ")",
              e);
      case ACCESS_DENIED_TO_SCHEMA ->
          new StartupFailure(
              "The user "
                  + user
                  + " ("
                  + DatabaseSettings.USER
                  + ") may not use the database "
                  + url.schema()
                  + " on "
                  + server
                  + " ("
                  + DatabaseSettings.URL
                  + ")",
              e);
      case TOO_MANY_CONNECTIONS ->
          new StartupFailure("The database server " + server + " takes no more connections", e);
      default ->
          new StartupFailure(
              "Cannot reach the database server "
                  + server
                  + " ("
                  + DatabaseSettings.URL
                  + "): "
                  + reason(e),
              e);
    };
  }

  /** Why a server cannot be reached, without the stack traces that the driver puts into words. */
  static String reason(Throwable e) {
    String message = StartupFailure.oneLine(e);
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException && cause.getMessage() != null) {
        message = cause.getMessage().lines().findFirst().orElse(message).strip();
      }
      if (cause instanceof UnknownHostException) {
        return "unknown host";
      }
      if (cause instanceof SocketTimeoutException) {
        return "no answer in time";
      }
      if (cause instanceof ConnectException) {
        return "connection refused, nothing listens there";
      }
      if (cause instanceof EOFException) {
        return "it hung up; is this a MySQL or MariaDB server?";
      }
      if (cause.getMessage() != null && cause.getMessage().startsWith("Public Key Retrieval")) {
        return "the password would travel unprotected; turn on TLS on the server, or add"
            + " allowPublicKeyRetrieval=true to the URL on a network that you trust";
      }
    }
    return message;
  }

  @Override
  public String url() {
    return url.jdbc();
  }

  @Override
  public String unhurriedUrl() {
    return url.unhurried().jdbc();
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public String password() {
    return password;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public boolean isUpToDate() {
    return upToDate;
  }

  @Override
  public void close() {
    // Connections belong to the pool; there is nothing else to let go of.
  }
}
