package io.kbsserver.http;

import io.kbsserver.testing.WordPressFixture;
import io.kbsserver.wordpress.WordPressImport;
import io.kbsserver.wordpress.source.ImportSource;
import java.time.Clock;
import java.util.Map;

/** The site of the fixture, imported once for all tests of a JVM: lenient, numbers KBS…DE. */
final class ImportedServer {
  private static TestServer shared;

  private ImportedServer() {}

  /** Tests only read it. */
  static synchronized TestServer get() {
    if (shared == null) {
      WordPressFixture site = WordPressFixture.site("http_wordpress");
      WordPressFixture here = WordPressFixture.empty("http_imported");
      new WordPressImport(here.dataSource(), Clock.systemUTC())
          .run(site.source(ImportSource::new), ImportedSite.QUIET);
      shared = TestServer.on(here.url(), Map.of());
    }
    return shared;
  }
}
