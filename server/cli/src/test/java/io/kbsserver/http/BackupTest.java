package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.cli.CommandLineRun;
import io.kbsserver.cli.Main;
import io.kbsserver.files.FileService;
import io.kbsserver.files.FileStores;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.storage.DatabaseDump;
import io.kbsserver.storage.EmbeddedDatabase;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.Program;
import io.kbsserver.testing.TableEstimate;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.testing.TestFolders;
import io.kbsserver.testing.TestObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup of a server at work, and what a restore makes of it, or refuses. */
@Timeout(180)
@TestMethodOrder(OrderAnnotation.class)
class BackupTest {
  private static final String AWKWARD = "a 'quote', a \\ backslash, 🙂,\r\n<b>bold</b> and \t tab";

  /** Where the list of contents has the checksum of an entry. */
  private static final int CRC = 16;

  @TempDir private static Path files;

  private static Path data;
  private static EmbeddedDatabase database;
  private static TestServer server;
  private static User manager;

  /** Of a server that writes: the others restore it. */
  private static Path backup;

  /** What it was restored into. */
  private static Path restored;

  /** Of the first ticket. */
  private static long file;

  @BeforeAll
  static void start() throws Exception {
    // The program, which all folders use.
    TestDatabase.get();
    data = TestFolders.dataFolder("backed-up");
    database = EmbeddedDatabase.open(data);
    server = TestServer.on(database, data);
    TableEstimate.keep(database.url(), database.user(), database.password());
    manager = server.user("support_manager");
    backup = files.resolve("backup.zip");
  }

  @AfterAll
  static void stop() {
    server.close();
    database.close();
  }

  @Test
  @Order(1)
  void whatIsRestoredAnswersAsItWas() throws Exception {
    List<Long> before = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      before.add(make("before@example.org"));
      manager.api().post("/" + before.get(i) + "/notes", Map.of("note_content", AWKWARD));
    }
    file = server.file(before.get(0), null, "notes.txt", AWKWARD.getBytes(StandardCharsets.UTF_8));
    assertEquals(AWKWARD, content(server, before.get(0)));
    List<Long> meanwhile = new ArrayList<>();
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch writing = new CountDownLatch(3);
    Thread writer =
        new Thread(
            () -> {
              while (!over.get()) {
                meanwhile.add(make("meanwhile@example.org"));
                writing.countDown();
              }
            });
    writer.start();
    writing.await();
    CommandLineRun run = run(data, "backup", backup.toString());
    over.set(true);
    writer.join();
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains(backup.toString()), run.out());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)));

    restored = TestFolders.dataFolder("restored");
    CommandLineRun restore = run(restored, "restore", backup.toString());
    assertEquals(0, restore.exitCode(), restore.err());
    Map<Long, String> there = answers(restored);
    assertTrue(there.get(before.get(0)).contains("/notes/"), there::toString);
    assertTrue(there.keySet().containsAll(before), there.keySet()::toString);
    assertTrue(there.size() <= before.size() + meanwhile.size());
    there.forEach((id, answer) -> assertEquals(answer(server, id), answer));
    // Those of the writer are there up to one of them, and none behind it.
    long last = there.keySet().stream().mapToLong(id -> id).max().orElseThrow();
    for (long id : meanwhile) {
      assertEquals(id <= last, there.containsKey(id), () -> id + " of " + meanwhile);
    }
    assertFalse(Files.exists(restored.resolve("database.new")));
  }

  @Test
  @Order(2)
  void aFileThatIsThereIsKept() {
    CommandLineRun again = run(data, "backup", backup.toString());
    assertRefused(again, "is there already: add --replace");
    assertEquals(0, run(data, "backup", "--replace", backup.toString()).exitCode());
    assertRefused(run(data, "backup", files.toString()), "It is a folder");
    assertRefused(run(data, "backup", files.resolve("no/folder").toString()), "There is no folder");
    assertNothingUnfinished();
  }

  @Test
  @Order(3)
  void nobodyRestoresUnderARunningServer() {
    assertRefused(
        run(data, "restore", "--replace", backup.toString()), "in use by another kbs-server");
    manager.api().get("").assertOk();
  }

  @Test
  @Order(4)
  void whatIsThereIsReplacedOnlyWhenAsked() throws Exception {
    Path folder = restored;
    assertRefused(run(folder, "restore", backup.toString()), "add --replace");
    Path old = folder.resolve("database.replaced");
    assertFalse(Files.exists(old));

    // What fails half-way leaves what was there, and no command of MariaDB's client is carried out.
    Path done = files.resolve("done");
    Path sly =
        altered(
            "sly",
            Map.of(
                "database.sql",
                "CREATE TABLE t (i INT);\n\\! touch " + done + "\nsystem touch " + done + ";\n"));
    Path marker = folder.resolve("database/marker");
    Files.createFile(marker);
    assertRefused(run(folder, "restore", "--replace", sly.toString()), "refuses: ");
    assertFalse(Files.exists(done));
    assertTrue(Files.exists(marker));
    assertFalse(Files.exists(folder.resolve("database.new")));
    String content = "files/" + "0".repeat(64);
    assertRefused(
        run(folder, "restore", "--replace", altered("file", Map.of(content, "other")).toString()),
        content + " is damaged");
    assertTrue(Files.exists(marker));
    try (Stream<Path> stores = Files.list(folder.resolve("files"))) {
      assertEquals(1, stores.count(), "what fails half-way leaves no files");
    }

    CommandLineRun run = run(folder, "restore", "--replace", backup.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains(old.toRealPath().toString()), run.out());
    assertTrue(Files.exists(old.resolve("marker")));
    assertFalse(Files.exists(marker));
    assertRefused(
        run(folder, "restore", "--replace", backup.toString()), "an earlier restore has replaced");

    // Killed between the old one and the new one.
    Files.move(folder.resolve("database"), folder.resolve("database.new"));
    try (EmbeddedDatabase back = EmbeddedDatabase.open(folder)) {
      assertTrue(Files.exists(marker), back::description);
    }
    assertFalse(Files.exists(old) || Files.exists(folder.resolve("database.new")));
  }

  /** A client that has ended takes nothing that stands behind, however small the pieces are. */
  @Test
  @Order(5)
  void whatTheDatabaseSaysOfABackupThatFailsIsTold() {
    byte[] sql = ("NO SQL;\n" + "-- behind\n".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
    InputStream pieces =
        new ByteArrayInputStream(sql) {
          @Override
          public int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, 1000));
          }
        };
    Path folder = TestFolders.dataFolder("not-restored");
    StartupFailure failure =
        assertThrows(StartupFailure.class, () -> DatabaseDump.restore(folder, false, () -> pieces));
    assertTrue(
        failure.getMessage().startsWith("The built-in database refuses: ERROR 1064 "),
        failure::getMessage);
  }

  @Test
  @Order(5)
  void whatIsNoWholeBackupOfOursIsRefusedAtOnce() throws IOException {
    byte[] whole = Files.readAllBytes(backup);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    // What comes out is another than what its checksum is of.
    byte[] other = whole.clone();
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    other[text.lastIndexOf("PK\u0001\u0002") + CRC] ^= 1;
    Map<Path, String> refused = new LinkedHashMap<>();
    refused.put(files.resolve("absent.zip"), "does not exist");
    refused.put(files, "is a folder");
    String none = "is no backup of kbs-server, or not a whole one";
    refused.put(written("empty.zip", new byte[0]), none);
    refused.put(written("text.zip", "SELECT 1;".getBytes(StandardCharsets.UTF_8)), none);
    refused.put(written("half.zip", Arrays.copyOf(whole, whole.length / 2)), none);
    refused.put(written("nearly.zip", Arrays.copyOf(whole, whole.length - 1)), none);
    refused.put(written("flipped.zip", flipped), none);
    refused.put(written("checksum.zip", other), none);
    refused.put(altered("other", Map.of("manifest.json", "{\"name\":\"another program\"}")), none);
    refused.put(altered("no-json", Map.of("manifest.json", "?")), none);
    String manifest = entries().get("manifest.json");
    refused.put(
        altered("newer", Map.of("manifest.json", manifest.replace("V1__schema", "V99_7__more"))),
        "is a backup of a newer kbs-server");
    refused.put(
        altered(
            "format",
            Map.of("manifest.json", manifest.replace("\"version\" : 1", "\"version\" : 2"))),
        "is a backup of a newer kbs-server");
    Path folder = files.resolve("not made");
    refused.forEach(
        (file, why) -> {
          assertRefused(run(folder, "restore", file.toString()), why);
          assertFalse(Files.exists(folder), file::toString);
        });
  }

  @Test
  @Order(6)
  void aBackupThatIsStoppedLeavesNoFile() throws Exception {
    Path file = files.resolve("stopped.zip");
    try (Connection other =
        DriverManager.getConnection(database.url(), database.user(), database.password())) {
      // It waits in the middle of the tables.
      other.createStatement().execute("LOCK TABLES ticket WRITE");
      try (ChildProcess child = child("backup", file.toString())) {
        awaitUnfinished();
        child.terminate();
        assertEquals(1, child.exitCode(), child.errors());
        assertTrue(child.errors().contains("stopped before it was done"), child.errors());
      }
      assertNothingUnfinished();
      try (ChildProcess child = child("backup", file.toString())) {
        awaitUnfinished();
        child.kill();
      }
    }
    assertFalse(Files.exists(file));
    // What a kill has left is in nobody's way.
    assertEquals(0, run(data, "backup", file.toString()).exitCode());
  }

  @Test
  @Order(7)
  void whatCannotBeWrittenIsTold() throws IOException {
    Path file = files.resolve("too-large.zip");
    // No file may be larger than half a kilobyte.
    Program full = shell("ulimit -f 1; exec \"$@\"", "backup", file.toString());
    assertEquals(1, full.status(), full.output());
    assertTrue(full.output().startsWith("kbs-server: Cannot write " + file), full.output());
    assertFalse(Files.exists(file));
    Program cut = shell("{ \"$@\"; echo $? >&2; } | head -c 9 >/dev/null", "backup", "-");
    assertTrue(cut.output().startsWith("kbs-server: Cannot write to standard output"), cut::output);
    assertTrue(cut.output().endsWith("\n1"), cut::output);

    Program piped = shell("\"$@\" > piped.zip", "backup", "-");
    assertEquals("", piped.output());
    assertEquals(
        entries().get("database.sql").lines().filter(line -> line.startsWith("CREATE")).toList(),
        new String(read(files.resolve("piped.zip"), "database.sql"), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("CREATE"))
            .toList());
  }

  @Test
  @Order(8)
  void filesAreLeftOutWhenAsked() throws IOException {
    Path file = files.resolve("bare.zip");
    assertEquals(0, run(data, "backup", "--without-files", file.toString()).exitCode());
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertEquals(2, zip.size());
    }
    // Restored where the files are, it finds them.
    Path folder = TestFolders.dataFolder("bare");
    assertEquals(0, run(folder, "restore", file.toString()).exitCode());
    try (EmbeddedDatabase bare = EmbeddedDatabase.open(folder)) {
      StartupFailure refused =
          assertThrows(
              StartupFailure.class,
              () -> {
                try (TestServer other = TestServer.on(bare, folder)) {
                  other.bean(FileStores.class).get();
                }
              });
      assertTrue(refused.getMessage().contains("share the place"), refused::getMessage);
      try (TestServer beside = TestServer.on(bare, data)) {
        content(beside, beside.number("SELECT ticket_id FROM attachment"));
      }
    }
  }

  @Test
  @Order(9)
  void aFileWhoseBytesAreGoneIsNamed() throws IOException {
    long ticket = make("gone@example.org");
    long gone = server.file(ticket, null, "gone.txt", new byte[] {1});
    String sha256 = server.values("SELECT sha256 FROM attachment WHERE id = " + gone).get(0);
    try (Stream<Path> contents = Files.walk(data.resolve("files"))) {
      Files.delete(contents.filter(path -> path.endsWith(sha256)).findFirst().orElseThrow());
    }
    Path without = files.resolve("without.zip");
    CommandLineRun run = run(data, "backup", without.toString());
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.err().contains("not backed up: " + sha256), run.err());
    try (ZipFile zip = new ZipFile(without.toFile())) {
      assertEquals(3, zip.size(), "what is there is in it");
    }
    server.sql("DELETE FROM attachment WHERE id = ?", gone);
    run = run(data, "backup", "--replace", without.toString());
    assertEquals("", run.err());
  }

  @Test
  @Order(10)
  void filesGoIntoABucketAndAreBackedUpFromThere() throws IOException {
    Path folder = TestFolders.dataFolder("restored-bucket");
    Map<String, String> environment =
        new HashMap<>(TestObjectStore.environment(TestObjectStore.get().createBucket(), files));
    environment.put("KBS_DATA_DIR", folder.toString());
    CommandLineRun restore = CommandLineRun.of(environment, "restore", backup.toString());
    assertEquals(0, restore.exitCode(), restore.err());
    assertTrue(restore.out().contains("Files are in s3://"), restore.out());
    assertFalse(Files.exists(folder.resolve("files")));
    Path again = files.resolve("of-a-bucket.zip");
    CommandLineRun run = CommandLineRun.of(environment, "backup", again.toString());
    assertEquals(0, run.exitCode(), run.err());
    String sha256 = server.values("SELECT sha256 FROM attachment WHERE id = " + file).get(0);
    assertEquals(AWKWARD, new String(read(again, "files/" + sha256), StandardCharsets.UTF_8));
    // With the folder of now they are not there, and no backup goes without them unasked.
    assertRefused(run(folder, "backup", files.resolve("x").toString()), "put it back, or add");
    environment.put("KBS_FILES_ENDPOINT", "http://127.0.0.1:1");
    assertRefused(
        CommandLineRun.of(environment, "backup", files.resolve("x").toString()),
        "The files cannot be read: the store does not answer");
  }

  /** The dump has the row, which is deleted before the files are looked for. */
  @Test
  @Order(11)
  void aFileThatIsSweptMeanwhileIsInTheBackupOrNamed() throws Exception {
    for (int sweeps = 1; sweeps <= 2; sweeps++) {
      String text = "swept " + sweeps;
      long swept = server.file(make("swept@example.org"), null, "swept.txt", text.getBytes(UTF_8));
      String sha256 = server.values("SELECT sha256 FROM attachment WHERE id = " + swept).get(0);
      Path file = files.resolve("swept" + sweeps + ".zip");
      int times = sweeps;
      CommandLineRun run =
          backupWhile(
              file,
              () -> {
                server.sql("DELETE FROM attachment WHERE id = ?", swept);
                for (int i = 0; i < times; i++) {
                  sweepAsInAnHourADayLater();
                }
              });
      assertEquals(sweeps == 1 ? 0 : 3, run.exitCode(), run.err());
      assertTrue(new String(read(file, "database.sql"), UTF_8).contains(sha256));
      if (sweeps == 1) {
        assertEquals("", run.err());
        assertEquals(text, new String(read(file, "files/" + sha256), UTF_8));
      } else {
        assertTrue(run.err().contains("not backed up: " + sha256), run.err());
      }
    }
  }

  @Test
  @Order(12)
  void aFileThatIsKeptMeanwhileIsInTheBackupIfItsRowIs() throws Exception {
    long ticket = make("kept@example.org");
    Path file = files.resolve("kept.zip");
    CommandLineRun run =
        backupWhile(
            file,
            () -> {
              server.file(ticket, null, "kept.txt", "kept meanwhile".getBytes(UTF_8));
              sweepAsInAnHourADayLater();
            });
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("", run.err());
    Set<String> rows =
        Pattern.compile("'([0-9a-f]{64})'")
            .matcher(new String(read(file, "database.sql"), UTF_8))
            .results()
            .map(digest -> "files/" + digest.group(1))
            .collect(Collectors.toSet());
    assertFalse(rows.isEmpty());
    try (ZipFile zip = new ZipFile(file.toFile())) {
      rows.forEach(digest -> assertTrue(zip.getEntry(digest) != null, digest));
    }
  }

  /** Makes a backup, and does something between its files' rows and its end. */
  private static CommandLineRun backupWhile(Path file, Runnable meanwhile) throws Exception {
    CompletableFuture<CommandLineRun> backup;
    try (Connection other =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = other.createStatement()) {
      // Tables are dumped by their names, in the state of one moment.
      statement.execute("LOCK TABLES ticket_sequence WRITE");
      backup = CompletableFuture.supplyAsync(() -> run(data, "backup", file.toString()));
      String waiting =
          "SELECT COUNT(*) FROM information_schema.processlist"
              + " WHERE state LIKE 'Waiting for table metadata lock%'";
      while (server.number(waiting) == 0) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      meanwhile.run();
    }
    return backup.join();
  }

  /** All contents become as old as they have to be. */
  private static void sweepAsInAnHourADayLater() {
    try (Stream<Path> contents = Files.walk(data.resolve("files"))) {
      FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(3)));
      for (Path content : contents.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(content, longAgo);
      }
      Instant yesterday = Instant.now().minus(Duration.ofDays(1));
      server
          .bean(FileStores.class)
          .get()
          .sweep(yesterday, server.bean(FileService.class)::referred);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Order(11)
  void otherDatabasesAreNotItsBusiness() {
    Map<String, String> environment =
        Map.of("KBS_DATABASE_URL", "jdbc:mysql://127.0.0.1:1/kbs", "KBS_DATABASE_USER", "kbs");
    assertRefused(
        CommandLineRun.of(environment, "backup", files.resolve("x").toString()), "mariadb-dump");
    assertRefused(CommandLineRun.of(environment, "restore", backup.toString()), "database.sql");
    Path none = files.resolve("none");
    assertRefused(run(none, "backup", files.resolve("x").toString()), "There is no database yet");
    assertFalse(Files.exists(none));
  }

  private static long make(String email) {
    Map<String, Object> body = new HashMap<>(ticket(email));
    body.put("ticket_content", AWKWARD);
    return manager.api().post("", body).assertOk().json().get("id").asLong();
  }

  /** What a server on a folder answers to the same login, by the ids of tickets. */
  private static Map<Long, String> answers(Path folder) throws Exception {
    try (EmbeddedDatabase restored = EmbeddedDatabase.open(folder);
        TestServer other = TestServer.on(restored, folder)) {
      TableEstimate.assertGood(restored.url(), restored.user(), restored.password());
      Map<Long, String> answers = new LinkedHashMap<>();
      assertEquals(AWKWARD, content(other, other.number("SELECT ticket_id FROM attachment")));
      for (String id : other.values("SELECT id FROM ticket ORDER BY id")) {
        answers.put(Long.parseLong(id), answer(other, Long.parseLong(id)));
      }
      HttpApi api = other.login(manager.login(), manager.password());
      Answer made = api.post("", ticket("later@example.org")).assertOk();
      String changes = "/wp-json/kbs/v1/changes?after=";
      long known = server.number("SELECT COALESCE(MAX(position), 0) FROM change_log");
      api.send("GET", changes + known, null, null).assertError(410, "rest_changes_folded");
      assertFalse(answers.containsKey(made.json().get("id").asLong()), "an id is given again");
      return answers;
    }
  }

  private static String answer(TestServer asked, long id) {
    HttpApi api = asked.login(manager.login(), manager.password());
    return (api.get("/" + id).assertOk().body() + api.get("/" + id + "/notes").assertOk().body())
        .replace(asked.address(), "");
  }

  /** The file of the ticket that has one. */
  private static String content(TestServer asked, long ticket) {
    return asked
        .login(manager.login(), manager.password())
        .get("/" + ticket + "/files/" + file)
        .assertOk()
        .body();
  }

  private static CommandLineRun run(Path folder, String... args) {
    return CommandLineRun.of(Map.of("KBS_DATA_DIR", folder.toString()), args);
  }

  private static void assertRefused(CommandLineRun run, String why) {
    assertEquals(1, run.exitCode(), run.err());
    assertTrue(run.err().startsWith("kbs-server: ") && run.err().contains(why), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals("", run.out());
  }

  private static ChildProcess child(String... args) {
    return ChildProcess.start(
        Main.class, ChildProcess.classPath(), Map.of("KBS_DATA_DIR", data.toString()), args);
  }

  /** Runs a command as the arguments of a line of shell. */
  private static Program shell(String line, String... args) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", line, "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(ChildProcess.classPath());
    command.add(Main.class.getName());
    command.addAll(List.of(args));
    return Program.run(
        files, Map.of("KBS_DATA_DIR", data.toString()), Duration.ofMinutes(1), command);
  }

  private static void awaitUnfinished() throws IOException, InterruptedException {
    while (unfinished().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static void assertNothingUnfinished() {
    try {
      assertEquals(List.of(), unfinished());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> unfinished() throws IOException {
    try (Stream<Path> all = Files.list(files)) {
      return all.filter(file -> file.toString().endsWith(".part")).toList();
    }
  }

  private static Path written(String name, byte[] bytes) throws IOException {
    return Files.write(files.resolve(name), bytes);
  }

  /** The backup with other contents. */
  private static Path altered(String name, Map<String, String> contents) throws IOException {
    Map<String, String> entries = entries();
    entries.putAll(contents);
    Path file = files.resolve(name + ".zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  private static Map<String, String> entries() throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String name : List.of("manifest.json", "database.sql")) {
      entries.put(name, new String(read(backup, name), StandardCharsets.UTF_8));
    }
    return entries;
  }

  private static byte[] read(Path file, String entry) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getInputStream(zip.getEntry(entry)).readAllBytes();
    }
  }
}
