package io.kbsserver.http;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.change.Forgetting;
import io.kbsserver.change.RememberedTotals;
import io.kbsserver.files.FileStores;
import io.kbsserver.files.IncomingFile;
import io.kbsserver.files.StoredFile;
import io.kbsserver.site.SiteSettings;
import io.kbsserver.storage.DatabaseSettings;
import io.kbsserver.storage.EmbeddedDatabase;
import io.kbsserver.testing.ChangeJudge;
import io.kbsserver.testing.OwnDatabase;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.testing.TestFolders;
import io.micronaut.cache.CacheManager;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server on a port of its own and a schema of its own. The one that {@link #fresh()} gives is
 * shared by all tests of a JVM: a test makes the users and customers that it needs, and takes back
 * its settings with {@link #resetSettings()}.
 */
public final class TestServer implements AutoCloseable {

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static TestServer fresh;

  private final ApplicationContext context;
  private final EmbeddedServer server;
  private final HikariDataSource database;
  private final Set<String> changedSettings = new LinkedHashSet<>();

  private TestServer(
      String directUrl,
      String poolUrl,
      String databaseUser,
      String databasePassword,
      Map<String, Object> properties) {
    this.database = pool(directUrl, databaseUser, databasePassword);
    Map<String, Object> all = new HashMap<>();
    all.put("micronaut.server.port", -1);
    all.put("datasources.default.url", poolUrl);
    all.put("datasources.default.username", databaseUser);
    all.put("datasources.default.password", databasePassword);
    all.put("kbs.files.folder", TestFolders.files().toString());
    // Tests that are about mail say what becomes of it.
    all.put("kbs.mail.mode", "off");
    all.putAll(properties);
    this.context =
        ApplicationContext.builder().deduceEnvironment(false).banner(false).properties(all).start();
    this.server = context.getBean(EmbeddedServer.class).start();
  }

  /** A site without WordPress: strict, all settings at their defaults. */
  public static synchronized TestServer fresh() {
    if (fresh == null) {
      fresh = on(TestDatabase.get().createMigratedSchema("http_fresh"), Map.of());
      HikariDataSource database = fresh.database;
      ChangeJudge.watch(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }
    return fresh;
  }

  /** A server of its own, to be closed by the test. */
  static TestServer on(String url, Map<String, Object> properties) {
    return through(url, url, properties);
  }

  /** A server that reaches its database by another address than the test. */
  public static TestServer through(
      String directUrl, String poolUrl, Map<String, Object> properties) {
    TestDatabase database = TestDatabase.get();
    return withIdsApart(
        new TestServer(directUrl, poolUrl, database.user(), database.password(), properties));
  }

  /** A server on a database that a test has to itself, reached by this address. */
  public static TestServer through(
      OwnDatabase database, String poolUrl, Map<String, Object> properties) {
    return withIdsApart(
        new TestServer(database.url(), poolUrl, database.user(), database.password(), properties));
  }

  /** A server on a built-in database of a test's own, in this folder. */
  static TestServer on(EmbeddedDatabase database, Path folder) {
    String files = DatabaseSettings.embedded(folder).files().toString();
    return new TestServer(
        database.url(),
        database.url(),
        database.user(),
        database.password(),
        Map.of("kbs.files.folder", files));
  }

  private static TestServer withIdsApart(TestServer server) {
    // An id of one table must not happen to be one of another.
    server.sql("ALTER TABLE app_user AUTO_INCREMENT = 10001");
    server.sql("ALTER TABLE customer_id AUTO_INCREMENT = 20001");
    server.sql("ALTER TABLE term AUTO_INCREMENT = 30001");
    return server;
  }

  public int port() {
    return server.getPort();
  }

  String address() {
    return "http://127.0.0.1:" + server.getPort();
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** A client that sends no credentials. */
  HttpApi anonymous() {
    return new HttpApi(address(), null, null);
  }

  HttpApi login(String login, String password) {
    return new HttpApi(address(), login, password);
  }

  /** A name that no other test has. */
  static String unique(String start) {
    return start + NAMES.incrementAndGet();
  }

  /** A new user with this role and an application password. */
  User user(String role) {
    return user(unique(role.replace("support_", "")), role);
  }

  /** A new user of this name; the e-mail address is {@code login@example.org}. */
  User user(String login, String role) {
    UserAccounts accounts = bean(UserAccounts.class);
    String email = login + "@example.org";
    long id = accounts.add(login, email, login, role);
    String password = accounts.addPassword(login, "test").password();
    return new User(id, login, email, password, login(login, password));
  }

  /** A login, and a client that uses it. */
  record User(long id, String login, String email, String password, HttpApi api) {}

  /** Changes a setting until {@link #resetSettings()}. */
  public TestServer set(String name, String value) {
    changedSettings.add(name);
    bean(SiteSettings.class).set(name, value);
    return this;
  }

  /** Gives the settings that were changed their defaults again. */
  void resetSettings() {
    changedSettings.forEach(name -> bean(SiteSettings.class).set(name, null));
    changedSettings.clear();
  }

  /** A customer; login and company may be null. */
  public long customer(String email, Long userId, Long companyId) {
    long id = sqlInsert("INSERT INTO customer_id () VALUES ()");
    sql(
        "INSERT INTO customer (id, user_id, email, name, company_id) VALUES (?, ?, ?, ?, ?)",
        id,
        userId,
        email,
        "Test Customer",
        companyId);
    return id;
  }

  /** A company. */
  public long company(String name) {
    long id = sqlInsert("INSERT INTO post (type) VALUES ('kbs_company')");
    sql("INSERT INTO company (id, name, content) VALUES (?, ?, '')", id, name);
    return id;
  }

  /** A published form without fields. */
  public long form(String title) {
    long id = sqlInsert("INSERT INTO post (type) VALUES ('kbs_form')");
    sql(
        "INSERT INTO form (id, status, date_local, date_gmt, modified_local, modified_gmt, title)"
            + " VALUES (?, 'publish', NOW(), NOW(), NOW(), NOW(), ?)",
        id,
        title);
    return id;
  }

  /** A published field of a form, a text that has to be given. */
  public long formField(Long form, String title, int position) {
    long id = sqlInsert("INSERT INTO post (type) VALUES ('kbs_form_field')");
    sql(
        "INSERT INTO form_field (id, form_id, status, date_local, date_gmt, modified_local,"
            + " modified_gmt, title, position, settings)"
            + " VALUES (?, ?, 'publish', NOW(), NOW(), NOW(), NOW(), ?, ?, ?)",
        id,
        form,
        title,
        position,
        "{\"type\":\"text\",\"required\":true,\"select_options\":[]}");
    return id;
  }

  /** A published article for everybody. */
  public long article(String title, String content) {
    long id = sqlInsert("INSERT INTO post (type) VALUES ('article')");
    sql(
        "INSERT INTO article (id, status, date_local, date_gmt, modified_local, modified_gmt,"
            + " slug, title_raw, title_rendered, content_raw, content_rendered, excerpt_raw,"
            + " excerpt_rendered) VALUES (?, 'publish', NOW(), NOW(), NOW(), NOW(), ?, ?, ?, ?, ?,"
            + " '', ?)",
        id,
        "article-" + id,
        title,
        title,
        content,
        "<p>" + content + "</p>\n",
        "<p>" + content + "</p>\n");
    return id;
  }

  /** A category, department or another term. */
  public long term(String taxonomy, String name) {
    return sqlInsert(
        "INSERT INTO term (taxonomy, slug, name, description) VALUES (?, ?, ?, '')",
        taxonomy,
        name.toLowerCase(java.util.Locale.ROOT),
        name);
  }

  /** A new ticket, opened by somebody who may do so for others. */
  public long ticket(String login, String password, String email) {
    return login(login, password).post("", HttpApi.ticket(email)).assertOk().id();
  }

  /**
   * A file of a ticket, or of a reply to it where that is not null; with its bytes, if not null.
   */
  public long file(long ticket, Long reply, String name, byte[] content) {
    long id = sqlInsert("INSERT INTO post (type) VALUES ('attachment')");
    sql(
        "INSERT INTO attachment (id, ticket_id, reply_id, title, url, date_gmt)"
            + " VALUES (?, ?, ?, ?, '', '2026-01-02 03:04:05')",
        id,
        ticket,
        reply,
        name);
    if (content != null) {
      try (IncomingFile incoming =
          bean(FileStores.class).get().receive(new ByteArrayInputStream(content), name)) {
        StoredFile stored = incoming.file();
        sql(
            "UPDATE attachment SET sha256 = ?, size = ?, type = ? WHERE id = ?",
            stored.sha256(),
            stored.size(),
            stored.type(),
            id);
        incoming.keep();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return id;
  }

  /** Changes rows behind the server's back. */
  public void sql(String sql, Object... args) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = bound(connection, sql, args)) {
      statement.executeUpdate();
      forget();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the log does not tell is not known yet. */
  private void forget() {
    Forgetting.totals(bean(RememberedTotals.class));
    bean(CacheManager.class).getCache("answers").invalidateAll();
  }

  /** The only number that a query gives. */
  public long number(String sql, Object... args) {
    return Long.parseLong(values(sql, args).get(0));
  }

  /** The first column of a query. */
  List<String> values(String sql, Object... args) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = bound(connection, sql, args);
        ResultSet rows = statement.executeQuery()) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A fingerprint of each table, which changes with any of its rows. */
  Map<String, String> fingerprints() {
    String tables = String.join(", ", values("SHOW TABLES"));
    try (Connection connection = database.getConnection();
        PreparedStatement statement = bound(connection, "CHECKSUM TABLE " + tables);
        ResultSet rows = statement.executeQuery()) {
      Map<String, String> fingerprints = new TreeMap<>();
      while (rows.next()) {
        fingerprints.put(rows.getString(1).replaceFirst(".*\\.", ""), rows.getString(2));
      }
      return fingerprints;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long sqlInsert(String sql, Object... args) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(sql, PreparedStatement.RETURN_GENERATED_KEYS)) {
      bind(statement, args);
      statement.executeUpdate();
      forget();
      try (ResultSet keys = statement.getGeneratedKeys()) {
        keys.next();
        return keys.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PreparedStatement bound(Connection connection, String sql, Object... args)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    bind(statement, args);
    return statement;
  }

  private static void bind(PreparedStatement statement, Object... args) throws SQLException {
    for (int i = 0; i < args.length; i++) {
      statement.setObject(i + 1, args[i]);
    }
  }

  /** Of the tests: tens of thousands of statements, and a connection takes longer than most. */
  private static HikariDataSource pool(String url, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setConnectionInitSql(ChangeJudge.UNJUDGED);
    // None before it is needed: some databases are not there yet.
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** As {@code serve} does when it is told to stop: what is asked is answered. */
  void finishRequests() {
    bean(GracefulShutdownManager.class)
        .shutdownGracefully()
        .toCompletableFuture()
        .orTimeout(1, TimeUnit.MINUTES)
        .join();
  }

  @Override
  public void close() {
    context.close();
    database.close();
  }
}
