package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.drill.DemoServer.Use;
import io.kbsserver.drill.LoadClients.Seen;
import io.kbsserver.files.FolderStore;
import io.kbsserver.files.IncomingFile;
import io.kbsserver.files.StoredFile;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.testing.TestFolders;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A file of 2 GB goes out of a server with little memory, and 200 clients who download it at once,
 * slowly, leave lists answering as fast as before. It takes two minutes and 2 GB of disk.
 */
@Timeout(900)
class FilesDrill {

  private static final long SIZE = 2L * 1024 * 1024 * 1024;
  private static final int DOWNLOADS = 200;
  private static final int THINK_MILLIS = 50;

  private final StringBuilder report = new StringBuilder();

  @Test
  void aLargeFileAndManyDownloadsCostLittle() throws Exception {
    TestDatabase database = TestDatabase.get();
    String url = database.createSchema("files_drill");
    Path data = TestFolders.dataFolder("files-drill");
    Map<String, String> environment =
        Map.of(
            "KBS_DATABASE_URL", url,
            "KBS_DATABASE_USER", database.user(),
            "KBS_DATABASE_PASSWORD", database.password(),
            "KBS_DATA_DIR", data.toString(),
            "JAVA_TOOL_OPTIONS", "-Xmx96m -XX:+ExitOnOutOfMemoryError");
    try (DemoServer server = DemoServer.start(environment);
        Connection connection =
            DriverManager.getConnection(url, database.user(), database.password());
        Statement statement = connection.createStatement()) {
      String sha256 = store(statement, data);
      byte[] file =
          server.get(
              "/tickets/"
                  + value(statement, "SELECT MIN(id) FROM ticket")
                  + "/files/"
                  + value(statement, "SELECT MAX(id) FROM attachment"));
      byte[] list = server.get("/tickets?per_page=10&_fields=id,status,date");
      LoadClients.start(server.port(), 8, 0, i -> list).during(10);
      Use before = server.use();

      long start = System.nanoTime();
      assertEquals(sha256, digest(server, file));
      double seconds = (System.nanoTime() - start) / 1e9;
      Use after = server.use();
      say("2 GB, -Xmx96m: %.0f MB/s; before %s, after %s", SIZE / 1e6 / seconds, before, after);

      Seen alone = LoadClients.start(server.port(), 4, THINK_MILLIS, i -> list).during(10);
      List<Thread> readers = new ArrayList<>();
      for (int i = 0; i < DOWNLOADS; i++) {
        Thread reader = new Thread(() -> readSlowly(server, file));
        reader.setDaemon(true);
        reader.start();
        readers.add(reader);
      }
      Thread.sleep(3_000);
      Seen among = LoadClients.start(server.port(), 4, THINK_MILLIS, i -> list).during(10);
      Use under = server.use();
      long reading = readers.stream().filter(Thread::isAlive).count();
      say("lists alone: %s", alone);
      say("among %d downloads: %s; %s", reading, among, under);
      assertAll(
          () -> assertEquals(DOWNLOADS, reading, "downloads broke off"),
          () -> assertEquals(0, among.refused().length, "lists were refused"),
          () -> assertEquals(0, among.others()),
          () -> assertTrue(among.perSecond() > alone.perSecond() / 2, "lists are slow"),
          () -> assertTrue(under.threads() <= before.threads() + 16, "a thread for each client"));
    } finally {
      System.out.print(report);
      Files.writeString(Path.of("target", "files-drill.txt"), report);
    }
  }

  private void say(String text, Object... values) {
    report.append(text.formatted(values)).append('\n');
  }

  /** Puts the file into the store, as an upload would. */
  private static String store(Statement statement, Path data) throws IOException, SQLException {
    String store = value(statement, "SELECT id FROM file_store");
    Path folder = data.resolve("files").resolve(store);
    try (InputStream content = new Noise();
        IncomingFile incoming =
            new FolderStore(folder, Clock.systemUTC()).receive(content, "big.bin")) {
      StoredFile file = incoming.file();
      incoming.keep();
      statement.executeUpdate("INSERT INTO post (type) VALUES ('attachment')");
      statement.executeUpdate(
          ("INSERT INTO attachment (id, ticket_id, title, url, date_gmt, sha256, size, type)"
                  + " SELECT LAST_INSERT_ID(), MIN(id), 'big.bin', '', NOW(), '%s', %d, '%s'"
                  + " FROM ticket")
              .formatted(file.sha256(), file.size(), file.type()));
      return file.sha256();
    }
  }

  private static String value(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static String digest(DemoServer server, byte[] request) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Socket socket = asking(server, request)) {
      InputStream in = socket.getInputStream();
      skipHead(in);
      byte[] piece = new byte[64 * 1024];
      long left = SIZE;
      while (left > 0) {
        int count = in.read(piece, 0, (int) Math.min(piece.length, left));
        assertTrue(count > 0, left + " bytes are missing");
        digest.update(piece, 0, count);
        left -= count;
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static Socket asking(DemoServer server, byte[] request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.getOutputStream().write(request);
    return socket;
  }

  private static void skipHead(InputStream in) throws IOException {
    int ends = 0;
    while (ends < 4) {
      int next = in.read();
      assertTrue(next >= 0, "no answer");
      ends = next == '\n' || next == '\r' ? ends + 1 : 0;
    }
  }

  /** Some 100 KB a second, to the end of the drill. */
  private static void readSlowly(DemoServer server, byte[] request) {
    byte[] piece = new byte[10 * 1024];
    try (Socket socket = asking(server, request)) {
      while (socket.getInputStream().read(piece) >= 0) {
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** So many bytes that nobody can compress. */
  private static final class Noise extends InputStream {

    private final byte[] block = new byte[1024 * 1024 + 7];
    private long left = SIZE;
    private int inBlock;

    Noise() {
      new Random(7).nextBytes(block);
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      int count = (int) Math.min(Math.min(length, left), block.length - inBlock);
      System.arraycopy(block, inBlock, target, offset, count);
      inBlock = (inBlock + count) % block.length;
      left -= count;
      return count;
    }
  }
}
