package io.kbsserver.compatibility;

import io.kbsserver.compare.Answer;
import io.kbsserver.site.SiteSettings;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.wordpress.ImportProgress;
import io.kbsserver.wordpress.ImportReport;
import io.kbsserver.wordpress.ImportSource;
import io.kbsserver.wordpress.WordPressFixture;
import io.kbsserver.wordpress.WordPressImport;
import io.micronaut.cache.CacheManager;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The real server on a free port, with the site of the recordings imported into it. */
public final class RecordedSite implements AutoCloseable {

  private static final String SCHEMA = "recorded";
  private static final ImportProgress QUIET =
      new ImportProgress() {
        @Override
        public void stage(String kind, long done, long total) {}

        @Override
        public void problem(ImportReport.Problem problem) {}
      };

  private final ApplicationContext context;
  private final EmbeddedServer server;
  private final Connection connection;
  private final Snapshot empty;
  private final Snapshot imported;
  private final PlainHttpClient client;

  private RecordedSite(ApplicationContext context, Connection connection) throws SQLException {
    this.context = context;
    this.server = context.getBean(EmbeddedServer.class);
    this.connection = connection;
    this.empty = snapshot("empty");
    importFrom(WordPressFixture.site("recorded_wordpress").source());
    this.imported = snapshot("imported");
    this.client = new PlainHttpClient(server.getPort());
  }

  /** Starts the server on an empty schema of the test database, and imports the fixture. */
  public static RecordedSite open() throws SQLException {
    TestDatabase database = TestDatabase.get();
    Map<String, Object> properties = new HashMap<>(database.properties(SCHEMA));
    properties.put("micronaut.server.port", -1);
    properties.put("micronaut.server.host", "127.0.0.1");
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .properties(properties)
            .start();
    context.getBean(EmbeddedServer.class).start();
    return new RecordedSite(context, connect(properties.get("datasources.default.url").toString()));
  }

  /** Where it is, without a slash at the end. */
  public String address() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** Puts the site into the state in which it was imported. */
  public void restore() throws SQLException {
    imported.restore();
    forget();
  }

  /** Puts the site into the state in which a group was recorded. */
  void begin(ExchangeGroup group) throws SQLException {
    if (group.sql().isEmpty()) {
      imported.restore();
    } else {
      empty.restore();
      importFrom(changedWordPress(group.sql()));
    }
    SiteSettings settings = context.getBean(SiteSettings.class);
    group.settings().forEach(settings::set);
    forget();
  }

  private void forget() {
    CacheManager<?> caches = context.getBean(CacheManager.class);
    caches.getCacheNames().forEach(name -> caches.getCache(name).invalidateAll());
  }

  Answer send(Exchange.Request request) throws IOException {
    return client.send(request);
  }

  private Snapshot snapshot(String name) throws SQLException {
    String copy = SCHEMA + "_" + name;
    String url = TestDatabase.get().createSchema(copy);
    return Snapshot.take(connection, url.replaceFirst("^jdbc:mysql://[^/]+/([^?]*).*", "$1"));
  }

  private static ImportSource changedWordPress(List<String> statements) throws SQLException {
    ImportSource source = WordPressFixture.site("recorded_changed").source();
    try (Connection wordPress = connect(source.url());
        Statement statement = wordPress.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return source;
  }

  private void importFrom(ImportSource source) {
    context.getBean(WordPressImport.class).run(source, QUIET);
  }

  private static Connection connect(String url) throws SQLException {
    TestDatabase database = TestDatabase.get();
    return DriverManager.getConnection(url, database.user(), database.password());
  }

  @Override
  public void close() throws IOException, SQLException {
    client.close();
    connection.close();
    context.close();
  }
}
