package io.kbsserver.drill;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.drill.DemoServer.Use;
import io.kbsserver.drill.LoadClients.Seen;
import io.kbsserver.testing.OpenFiles;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.testing.TestFolders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A file of 2 GB goes in and out of a server with little memory, an upload that breaks off leaves
 * nothing behind, and 200 clients who download the file at once, slowly, leave lists answering as
 * fast as before. It takes three minutes, and 5 GB of disk.
 */
@Timeout(900)
class FilesDrill {

  private static final long SIZE = 2L * 1024 * 1024 * 1024;
  private static final long BROKEN_OFF = SIZE / 2;
  private static final int DOWNLOADS = 200;
  private static final int THINK_MILLIS = 50;

  /** So much may the memory of the process differ from what it was. */
  private static final long CONSTANT_MEGABYTES = 64;

  private static final String FILE =
      "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"big.zip\"\r\n\r\n";

  private final Path data = TestFolders.dataFolder("files-drill");
  private final Path arriving = TestFolders.dataFolder("files-drill-arriving");
  private final StringBuilder report = new StringBuilder();

  @Test
  void aLargeFileAndManyDownloadsCostLittle() throws Exception {
    TestDatabase database = TestDatabase.get();
    String url = database.createSchema("files_drill");
    Map<String, String> environment =
        Map.of(
            "KBS_DATABASE_URL",
            url,
            "KBS_DATABASE_USER",
            database.user(),
            "KBS_DATABASE_PASSWORD",
            database.password(),
            "KBS_DATA_DIR",
            data.toString(),
            "KBS_TEMP_DIR",
            arriving.toString(),
            "KBS_MAX_FILE_SIZE",
            "2GB",
            "KBS_MAX_REQUEST_SIZE",
            "3GB",
            "JAVA_TOOL_OPTIONS",
            "-Xmx96m -XX:+ExitOnOutOfMemoryError");
    try (DemoServer server = DemoServer.start(environment);
        Connection connection =
            DriverManager.getConnection(url, database.user(), database.password());
        Statement statement = connection.createStatement()) {
      String ticket = "/tickets/" + value(statement, "SELECT MIN(id) FROM ticket");
      String replies = ticket.replace("tickets", "replies/ticket");
      byte[] list = server.get("/tickets?per_page=10&_fields=id,status,date");
      LoadClients.start(server.port(), 8, 0, i -> list).during(10);

      Use before = server.use();
      long start = System.nanoTime();
      String sha256 = upload(server, replies);
      told("in", start, before, server.use());
      byte[] file =
          server.get(ticket + "/files/" + value(statement, "SELECT MAX(id) FROM attachment"));

      before = server.use();
      start = System.nanoTime();
      assertEquals(sha256, digest(server, file), "what comes out is what went in");
      told("out", start, before, server.use());

      breakOff(server, replies, statement);
      downloadSlowly(server, file, list);
    } finally {
      System.out.print(report);
      Files.writeString(Path.of("target", "files-drill.txt"), report);
    }
  }

  private void downloadSlowly(DemoServer server, byte[] file, byte[] list) throws Exception {
    Use before = server.use();
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
        () -> assertTrue(under.threads() <= before.threads() + 32, "a thread for each client"));
  }

  private void told(String way, long start, Use before, Use after) {
    double seconds = (System.nanoTime() - start) / 1e9;
    say(
        "2 GB %s, -Xmx96m: %.0f MB/s; before %s, after %s",
        way, SIZE / 1e6 / seconds, before, after);
    assertTrue(after.megabytes() <= before.megabytes() + CONSTANT_MEGABYTES, "it needs memory");
  }

  private void say(String text, Object... values) {
    report.append(text.formatted(values)).append('\n');
  }

  /** Replies with the file; gives the digest of what was sent. */
  private static String upload(DemoServer server, String replies) throws Exception {
    String tail =
        "\r\n--B\r\nContent-Disposition: form-data; name=\"reply_content\"\r\n\r\nHere it is."
            + "\r\n--B--\r\n";
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(head(server, replies, FILE.length() + SIZE + tail.length()));
      new DigestInputStream(new Noise(SIZE), digest).transferTo(out);
      out.write(DemoServer.bytes(tail));
      InputStream in = socket.getInputStream();
      String status = new String(in.readNBytes("HTTP/1.1 200".length()), US_ASCII);
      assertEquals("HTTP/1.1 200", status, () -> rest(in));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The client goes away in the last half of what it has announced. */
  private void breakOff(DemoServer server, String replies, Statement statement) throws Exception {
    String rows =
        "SELECT CONCAT_WS(' ', (SELECT COUNT(*) FROM post), (SELECT COUNT(*) FROM reply),"
            + " (SELECT COUNT(*) FROM attachment))";
    String before = value(statement, rows);
    List<Path> stored = files(data.resolve("files"));
    Use used = server.use();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(head(server, replies, SIZE));
      new Noise(BROKEN_OFF).transferTo(socket.getOutputStream());
      OpenFiles.await(arriving, server.process().id(), 1);
    }
    OpenFiles.await(arriving, server.process().id(), 0);
    say("1 GB, broken off: before %s, after %s", used, server.use());
    assertAll(
        () -> assertEquals(List.of(), files(arriving)),
        () -> assertEquals(stored, files(data.resolve("files"))),
        () -> assertEquals(before, value(statement, rows)));
  }

  private static byte[] head(DemoServer server, String replies, long length) {
    return DemoServer.bytes(
        "POST /wp-json/kbs/v1"
            + replies
            + " HTTP/1.1\r\n"
            + server.headers()
            + "Connection: close\r\n"
            + "Content-Type: multipart/form-data; boundary=B\r\n"
            + "Content-Length: "
            + length
            + "\r\n\r\n"
            + FILE);
  }

  private static String rest(InputStream in) {
    try {
      return new String(in.readNBytes(2_000), US_ASCII);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
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
    private long left;
    private int inBlock;

    Noise(long length) {
      left = length;
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
