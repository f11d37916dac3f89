package io.kbsserver.wordpress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.kbsserver.files.FileStore;
import io.kbsserver.files.FolderStore;
import io.kbsserver.testing.WordPressFixture;
import io.kbsserver.wordpress.report.ImportProgress;
import io.kbsserver.wordpress.report.ImportReport;
import io.kbsserver.wordpress.report.ImportReport.Count;
import io.kbsserver.wordpress.source.FolderUploads;
import io.kbsserver.wordpress.source.ImportSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of files, as they lie around in the uploads of old sites. */
class FileImportTest {

  private static final ImportProgress QUIET =
      new ImportProgress() {
        @Override
        public void stage(String kind, long done, long total) {}

        @Override
        public void problem(ImportReport.Problem problem) {}
      };

  private static WordPressFixture site;
  private static WordPressFixture here;

  @TempDir private Path folder;
  private Path uploads;
  private FileStore store;

  @BeforeAll
  static void readTheSite() {
    site = WordPressFixture.site("file_import_site");
    here = WordPressFixture.empty("file_import");
    site.change("DELETE FROM wp_posts WHERE post_type = 'attachment'");
  }

  @BeforeEach
  void makeTheFolders() throws IOException {
    uploads = Files.createDirectories(folder.resolve("uploads"));
    store = new FolderStore(folder.resolve("files"), Clock.systemUTC());
  }

  @AfterEach
  void forgetTheFiles() {
    site.change("DELETE FROM wp_posts WHERE post_type = 'attachment'");
    run(false);
  }

  private ImportReport run(boolean dryRun) {
    try {
      return run(dryRun, false, new FileSource(new FolderUploads(uploads), () -> store));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ImportReport run(boolean dryRun, boolean asks, FileSource files) {
    return new WordPressImport(here.dataSource(), Clock.systemUTC())
        .run(
            site.source(ImportSource::new),
            new ImportOptions(false, true, false, dryRun, asks, files),
            QUIET);
  }

  /** A file of ticket 22; what WordPress keeps of its place may be null. */
  private static void attach(long id, String file, String url) {
    site.change(
        ("INSERT INTO wp_posts (ID, post_author, post_date, post_date_gmt, post_content, post_title,"
                + " post_excerpt, post_status, post_name, to_ping, pinged, post_modified,"
                + " post_modified_gmt, post_content_filtered, post_parent, guid, post_type,"
                + " post_mime_type) VALUES (%d, 0, '2026-01-01 10:00:00', '2026-01-01 09:00:00', '',"
                + " 'file', '', 'inherit', '', '', '', '2026-01-01 10:00:00',"
                + " '2026-01-01 09:00:00', '', 22, '%s', 'attachment', 'text/html')")
            .formatted(id, url));
    if (file != null) {
      site.change(
          "INSERT INTO wp_postmeta (post_id, meta_key, meta_value)"
              + " VALUES (%d, '_wp_attached_file', '%s')"
                  .formatted(id, file.replace("\\", "\\\\")));
    }
  }

  private Path upload(String name, String content) throws IOException {
    Path file = uploads.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private String content(long id) throws IOException {
    String sha256 = here.value("SELECT sha256 FROM attachment WHERE id = " + id);
    return sha256 == null
        ? null
        : new String(store.open(sha256, 0).readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Count files(ImportReport report) {
    return report.counts().get("files");
  }

  private static List<String> said(ImportReport report) {
    return report.problems().stream()
        .filter(problem -> problem.kind().equals("file"))
        .map(problem -> problem.id() + ": " + problem.what())
        .toList();
  }

  @Test
  void filesAreFoundByWhateverWordPressKeepsOfTheirPlace() throws IOException {
    String address = "https://old.example/wp-content/uploads/";
    attach(9001, "kbs/2026/11/plain.txt", address + "kbs/2026/11/plain.txt");
    upload("kbs/2026/11/plain.txt", "plain");
    attach(9002, "kbs/ünï.txt", "");
    upload("kbs/" + Normalizer.normalize("ünï.txt", Normalizer.Form.NFD), "apart");
    attach(9003, null, address + "kbs/Rechnung%20f%C3%BCr%20M.txt?x=1");
    upload("kbs/Rechnung für M.txt", "by its address");
    attach(9004, "/var/www/html/wp-content/uploads/kbs/absolute.txt", "");
    upload("kbs/absolute.txt", "absolute");
    attach(9005, "C:\\www\\wp-content\\uploads\\kbs\\windows.txt", "");
    upload("kbs/windows.txt", "windows");
    attach(9006, "kbs/photo-scaled.txt", address + "kbs/photo.txt");
    upload("kbs/photo-scaled.txt", "small");
    upload("kbs/photo.txt", "as it was sent");
    attach(9007, "kbs/only-scaled.txt", "");
    upload("kbs/only-scaled.txt", "the only one");
    attach(9008, "kbs/100%25.txt", "");
    upload("kbs/100%.txt", "a percent sign");
    attach(9009, null, "https://old.example/wp-content/uploads/sites/3/kbs/network.txt");
    upload("kbs/network.txt", "of a network");
    ImportReport report = run(false);
    assertEquals(List.of(), said(report));
    assertEquals(new Count(9, 9, 0, 0), files(report));
    assertEquals("plain", content(9001));
    assertEquals("apart", content(9002));
    assertEquals("by its address", content(9003));
    assertEquals("absolute", content(9004));
    assertEquals("windows", content(9005));
    assertEquals("as it was sent", content(9006));
    assertEquals("the only one", content(9007));
    assertEquals("a percent sign", content(9008));
    assertEquals("of a network", content(9009));
    assertEquals("5", here.value("SELECT size FROM attachment WHERE id = 9001"));
    // WordPress has said text/html.
    assertEquals("text/plain", here.value("SELECT type FROM attachment WHERE id = 9001"));
  }

  @Test
  void noFileGetsTheBytesOfAnother() throws IOException {
    String address = "https://old.example/wp-content/uploads/";
    attach(9061, "kbs/plan.txt", address + "kbs/plan.txt");
    attach(9062, "kbs/plan-scaled.txt", address + "kbs/plan-scaled.txt");
    upload("kbs/plan.txt", "a plan");
    upload("kbs/plan-scaled.txt", "a plan to scale");
    // Named as what was sent, but it belongs to another.
    attach(9063, "kbs/map-scaled.txt", address + "kbs/map.txt");
    attach(9064, "kbs/map.txt", address + "kbs/map-1.txt");
    upload("kbs/map-scaled.txt", "small");
    upload("kbs/map.txt", "another map");
    attach(9065, "kbs/photo-scaled.txt", "");
    site.change(
        "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES (9065,"
            + " '_wp_attachment_metadata', 'a:1:{s:14:\"original_image\";s:9:\"photo.txt\";}')");
    upload("kbs/photo-scaled.txt", "small");
    upload("kbs/photo.txt", "as it was sent");
    attach(9066, "kbs/gone.txt", address + "kbs/plan.txt");
    ImportReport report = run(false);
    assertEquals("a plan", content(9061));
    assertEquals("a plan to scale", content(9062));
    assertEquals("small", content(9063));
    assertEquals("another map", content(9064));
    assertEquals("as it was sent", content(9065));
    assertEquals(null, content(9066));
    assertEquals(new Count(6, 5, 0, 1), files(report));
  }

  @Test
  void theSitesOfANetworkHaveFilesOfTheirOwn() throws IOException {
    String address = "https://old.example/wp-content/uploads/sites/2/";
    attach(9071, "kbs/both.txt", address + "kbs/both.txt");
    attach(9072, "kbs/main.txt", address + "kbs/main.txt");
    attach(9073, "../3/kbs/other.txt", address + "kbs/other.txt");
    upload("kbs/both.txt", "of the main site");
    upload("sites/2/kbs/both.txt", "of site 2");
    upload("kbs/main.txt", "of the main site");
    upload("sites/3/kbs/other.txt", "of site 3");
    List<String> said = said(run(false));
    assertEquals("of site 2", content(9071));
    assertEquals(null, content(9072));
    assertEquals(null, content(9073));
    assertEquals(2, said.size(), said::toString);
  }

  @Test
  void whatIsInTheStoreIsNotMissedInTheFolder() throws IOException {
    attach(9081, "kbs/kept.txt", "");
    attach(9082, "kbs/replaced.txt", "");
    upload("kbs/kept.txt", "kept");
    upload("kbs/replaced.txt", "before");
    run(false);
    Files.delete(uploads.resolve("kbs/kept.txt"));
    Files.delete(uploads.resolve("kbs/replaced.txt"));
    assertEquals(new Count(2, 0, 2, 0), files(run(false)));
    site.change(
        "UPDATE wp_postmeta SET meta_value = 'kbs/new.txt' WHERE post_id = 9082"
            + " AND meta_key = '_wp_attached_file'");
    ImportReport report = run(false);
    assertEquals(new Count(2, 0, 1, 1), files(report));
    String said = said(report).toString();
    assertTrue(said.startsWith("[9082: WordPress has another file in its place"), said);
    upload("kbs/new.txt", "new");
    assertEquals(new Count(2, 1, 1, 0), files(run(false)));
    assertEquals("new", content(9082));
  }

  @Test
  void whatIsMissingOrLeadsOutOfTheFolderIsNamedAndNothingElseIsStopped() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
    attach(9011, "kbs/missing.txt", "");
    attach(9012, "../secret.txt", "https://old.example/wp-content/uploads/../../secret.txt");
    attach(9013, secret.toString(), "");
    attach(9014, "kbs/link.txt", "");
    Files.createDirectories(uploads.resolve("kbs/folder.txt"));
    Files.createSymbolicLink(uploads.resolve("kbs/link.txt"), secret);
    attach(9015, "kbs/folder.txt", "");
    attach(9016, "kbs/%2e%2e/%2e%2e/secret.txt", "");
    attach(9017, "", "");
    attach(9018, "kbs/there.txt", "");
    upload("kbs/there.txt", "there");
    ImportReport report = run(false);
    assertFalse(report.complete());
    assertEquals(new Count(8, 1, 0, 7), files(report));
    List<String> said = said(report);
    assertEquals(7, said.size(), said::toString);
    assertTrue(said.get(0).startsWith("9011: its bytes were not copied: it is not in "));
    assertTrue(said.get(1).contains("../secret.txt is not in the folder"), said::toString);
    assertTrue(said.get(2).contains("is not in the folder"), said::toString);
    assertTrue(said.get(3).contains("kbs/link.txt leads out of the folder"), said::toString);
    assertTrue(said.get(4).contains("kbs/folder.txt is a folder"), said::toString);
    assertEquals("there", content(9018));
    assertEquals(1, store.all().size());
    assertEquals("7", here.value("SELECT COUNT(*) FROM attachment WHERE sha256 IS NULL"));
  }

  @Test
  void anotherImportCopiesWhatIsNewOrHasChangedOrIsGone() throws IOException {
    attach(9021, "kbs/same.txt", "");
    attach(9022, "kbs/changed.txt", "");
    attach(9023, "kbs/late.txt", "");
    attach(9024, "kbs/again.txt", "");
    upload("kbs/same.txt", "same");
    Path changed = upload("kbs/changed.txt", "before");
    Files.setLastModifiedTime(changed, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    upload("kbs/again.txt", "again");
    assertEquals(new Count(4, 3, 0, 1), files(run(false)));
    assertEquals(new Count(4, 0, 3, 1), files(run(false)));
    upload("kbs/changed.txt", "behind");
    upload("kbs/late.txt", "late");
    store.sweep(Clock.systemUTC().instant().plusSeconds(60), digests -> Set.of());
    store.sweep(Clock.systemUTC().instant().plusSeconds(60), digests -> Set.of());
    assertEquals(Set.of(), store.all());
    assertEquals(new Count(4, 4, 0, 0), files(run(false)));
    assertEquals(new Count(4, 0, 4, 0), files(run(false)));
    assertEquals("same", content(9021));
    assertEquals("behind", content(9022));
    assertEquals("late", content(9023));
    assertEquals("again", content(9024));
  }

  @Test
  void aDryRunTellsWhatIsMissingAndCopiesNothing() throws IOException {
    attach(9031, "kbs/there.txt", "");
    attach(9032, "kbs/missing.txt", "");
    upload("kbs/there.txt", "there");
    ImportReport report = run(true);
    assertEquals(new Count(2, 1, 0, 1), files(report));
    assertEquals(Set.of(), store.all());
  }

  @Test
  void anImportWithoutUploadsTellsHowManyWereNotCopied() {
    attach(9041, "kbs/a.txt", "");
    attach(9042, "kbs/b.txt", "");
    ImportReport report = run(false, false, null);
    assertEquals(
        List.of("0: 2 were not copied; --uploads names the folder that has them"), said(report));
    assertTrue(said(run(false)).get(0).contains("kbs/a.txt".replace("kbs/a.txt", "not in")));
  }

  @Test
  void anOldSiteThatServesFilesToAnybodyIsTold() throws IOException {
    HttpServer old =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    old.createContext(
        "/open/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    old.createContext(
        "/closed/",
        exchange -> {
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    old.start();
    try {
      String address = "http://127.0.0.1:" + old.getAddress().getPort();
      attach(9051, "kbs/a.txt", address + "/closed/a.txt");
      attach(9052, "kbs/b.txt", "no address");
      attach(9053, "kbs/c.txt", "http://[broken");
      assertFalse(said(run(false, true, null)).toString().contains("CVE-2024-13604"));
      attach(9054, "kbs/d.txt", address + "/open/d.txt");
      String said = said(run(false, true, null)).toString();
      assertTrue(said.contains("CVE-2024-13604"), said);
      assertTrue(said.contains(address + "/open/d.txt"), said);
      assertFalse(said(run(false, false, null)).toString().contains("CVE"));
    } finally {
      old.stop(0);
    }
  }
}
