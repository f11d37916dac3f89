package io.kbsserver.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Stands before an IMAP server, and lets it seem to be another one: one that can do less, that
 * refuses what it is told to, or that is away. It knows what clients have said.
 */
final class ImapDoor implements AutoCloseable {

  private final ServerSocket door;
  private final int behind;
  private final List<String> missing;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger turnedAway = new AtomicInteger();
  private volatile Predicate<String> refused = command -> false;
  private volatile boolean shut;

  /**
   * A door to a server of this machine.
   *
   * @param host where it stands
   * @param missing what the server can do and is not to say
   */
  ImapDoor(String host, int behind, String... missing) {
    this.behind = behind;
    this.missing = List.of(missing);
    try {
      door = new ServerSocket();
      door.bind(new InetSocketAddress(host, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  String url() {
    return "imap://" + door.getInetAddress().getHostAddress() + ":" + door.getLocalPort();
  }

  /** Which commands are answered by NO, and not heard by the server. */
  void refuse(Predicate<String> wanted) {
    refused = wanted;
  }

  /** Whoever comes is turned away, or let in again. */
  void shut(boolean isShut) {
    shut = isShut;
  }

  /** How often somebody was turned away. */
  int turnedAway() {
    return turnedAway.get();
  }

  /** What clients have said, without their tags. */
  List<String> said() {
    return List.copyOf(said);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "imap door");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        if (shut) {
          client.close();
          turnedAway.incrementAndGet();
        } else {
          Socket server = new Socket(InetAddress.getLoopbackAddress(), behind);
          open.addAll(List.of(client, server));
          daemon(() -> pass(client, server, this::forServer));
          daemon(() -> pass(server, client, this::forClient));
        }
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  /** What becomes of a line: it goes on, or is answered. */
  @FunctionalInterface
  private interface Passing {
    void pass(String line, OutputStream on, OutputStream back) throws IOException;
  }

  private static void pass(Socket from, Socket to, Passing passing) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      byte[] some = new byte[8192];
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        for (int i = 0; i < read; i++) {
          line.write(some[i]);
          if (some[i] == '\n') {
            passing.pass(
                line.toString(StandardCharsets.ISO_8859_1),
                to.getOutputStream(),
                from.getOutputStream());
            line.reset();
          }
        }
      }
    } catch (IOException e) {
      // One of the two has hung up.
    }
  }

  private void forServer(String line, OutputStream server, OutputStream client) throws IOException {
    String[] parts = line.strip().split(" ", 2);
    String command = parts.length < 2 ? line.strip() : parts[1];
    said.add(command);
    if (refused.test(command)) {
      write(parts[0] + " NO Not now\r\n", client);
    } else {
      write(line, server);
    }
  }

  private void forClient(String line, OutputStream client, OutputStream server) throws IOException {
    String told = line;
    if (line.contains("CAPABILITY ")) {
      for (String one : missing) {
        told = told.replaceAll(" " + one + "(?=[\\s\\]])", "");
      }
    }
    write(told, client);
  }

  private static void write(String line, OutputStream to) throws IOException {
    synchronized (to) {
      to.write(line.getBytes(StandardCharsets.ISO_8859_1));
      to.flush();
    }
  }

  @Override
  public void close() {
    try {
      door.close();
      for (Socket one : open) {
        one.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
