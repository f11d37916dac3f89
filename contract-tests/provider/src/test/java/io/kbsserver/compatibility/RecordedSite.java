package io.kbsserver.compatibility;

import io.kbsserver.compare.Facts;
import io.kbsserver.compare.SiteAnswer;
import io.kbsserver.files.FileStores;
import io.kbsserver.files.IncomingFile;
import io.kbsserver.files.StoredFile;
import io.kbsserver.site.Site;
import io.kbsserver.site.SiteSettings;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.testing.TestFolders;
import io.kbsserver.testing.WordPressFixture;
import io.kbsserver.wordpress.WordPressImport;
import io.kbsserver.wordpress.report.ImportProgress;
import io.kbsserver.wordpress.report.ImportReport;
import io.kbsserver.wordpress.source.ImportSource;
import io.micronaut.cache.CacheManager;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The real server on a free port, with the site of the recordings imported into it. */
public final class RecordedSite implements AutoCloseable {

  private static final ImportProgress QUIET =
      new ImportProgress() {
        @Override
        public void stage(String kind, long done, long total) {}

        @Override
        public void problem(ImportReport.Problem problem) {}
      };

  /** The sites that were recorded. */
  enum Origin {
    /** As it was set up. */
    FRESH("recorded", WordPressFixture::site),
    /** The same after months of use. */
    LIVED("recorded_lived", WordPressFixture::livedSite);

    private final String schema;
    private final Function<String, WordPressFixture> wordPress;

    Origin(String schema, Function<String, WordPressFixture> wordPress) {
      this.schema = schema;
      this.wordPress = wordPress;
    }
  }

  private final Origin origin;
  private final ApplicationContext context;
  private final EmbeddedServer server;
  private final Connection connection;
  private final Snapshot empty;
  private final Snapshot imported;
  private final PlainHttpClient client;

  private RecordedSite(Origin origin, ApplicationContext context, Connection connection)
      throws SQLException {
    this.origin = origin;
    this.context = context;
    this.server = context.getBean(EmbeddedServer.class);
    this.connection = connection;
    this.empty = snapshot("empty");
    importFrom(origin.wordPress.apply(origin.schema + "_wordpress").source(ImportSource::new));
    this.imported = snapshot("imported");
    this.client = new PlainHttpClient(server.getPort());
  }

  /** Starts the server on an empty schema of the test database, and imports the first site. */
  public static RecordedSite open() throws SQLException {
    return open(Origin.FRESH);
  }

  /** The same with one of the sites. */
  static RecordedSite open(Origin origin) throws SQLException {
    TestDatabase database = TestDatabase.get();
    Map<String, Object> properties = new HashMap<>(database.properties(origin.schema));
    properties.put("micronaut.server.port", -1);
    properties.put("micronaut.server.host", "127.0.0.1");
    properties.put("kbs.webhooks.networks", "127.0.0.0/8");
    properties.put("kbs.files.folder", TestFolders.files().toString());
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .properties(properties)
            .start();
    context.getBean(EmbeddedServer.class).start();
    return new RecordedSite(
        origin, context, connect(properties.get("datasources.default.url").toString()));
  }

  /** Where it is, without a slash at the end. */
  public String address() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** Copies the bytes of a file, as an import with uploads would. */
  public void copy(long file, String content) throws IOException, SQLException {
    InputStream bytes = new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    try (IncomingFile incoming = context.getBean(FileStores.class).get().receive(bytes, "")) {
      StoredFile stored = incoming.file();
      incoming.keep();
      change(
          "UPDATE attachment SET sha256 = '%s', size = %d, type = '%s' WHERE id = %d"
              .formatted(stored.sha256(), stored.size(), stored.type(), file));
    }
  }

  /** Puts the site into the state in which it was imported. */
  public void restore() throws SQLException {
    imported.restore();
    forget();
  }

  /** Changes something in its database. */
  void change(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
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

  /** What the database knows of who asks and of the tickets. */
  Facts factsAbout(RecordedExchange exchange) throws SQLException {
    Site settings = context.getBean(SiteSettings.class).current();
    return ImportedFacts.about(exchange, connection, settings, this::send);
  }

  SiteAnswer send(RecordedExchange.Request request) throws IOException {
    return client.send(request);
  }

  private Snapshot snapshot(String name) throws SQLException {
    String copy = origin.schema + "_" + name;
    String url = TestDatabase.get().createSchema(copy);
    return Snapshot.take(connection, url.replaceFirst("^jdbc:mysql://[^/]+/([^?]*).*", "$1"));
  }

  private ImportSource changedWordPress(List<String> statements) throws SQLException {
    ImportSource source =
        origin.wordPress.apply(origin.schema + "_changed").source(ImportSource::new);
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
