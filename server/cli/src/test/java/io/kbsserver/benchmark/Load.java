package io.kbsserver.benchmark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A few clients that keep their connections, and ask again as soon as they are answered. */
final class Load implements AutoCloseable {

  private final List<Client> clients = new ArrayList<>();
  private final ExecutorService threads;

  Load(int port, int clients) {
    for (int i = 0; i < clients; i++) {
      this.clients.add(new Client(port));
    }
    threads = Executors.newFixedThreadPool(clients);
  }

  /** What a client sends as its request of some number. */
  @FunctionalInterface
  interface Requests {
    byte[] of(int client, int number);
  }

  /**
   * An answer.
   *
   * @param headers by their names in lower case
   */
  record Received(int status, Map<String, String> headers, byte[] body) {}

  /**
   * What was seen for a while.
   *
   * @param nanos how long each answer took
   * @param failed how many of the answers were none that was asked for
   */
  record Round(long[] nanos, double seconds, int failed) {
    double perSecond() {
      return nanos.length / seconds;
    }
  }

  Received ask(byte[] request) throws IOException {
    return clients.get(0).ask(request);
  }

  /** Lets them ask for so long; numbers go on from where they were. */
  Round during(long nanos, Requests requests) throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<Future<List<Long>>> running = new ArrayList<>();
    int failedBefore = clients.stream().mapToInt(client -> client.failed).sum();
    for (int i = 0; i < clients.size(); i++) {
      int number = i;
      Callable<List<Long>> work = () -> clients.get(number).run(number, start + nanos, requests);
      running.add(threads.submit(work));
    }
    List<Long> times = new ArrayList<>();
    try {
      for (Future<List<Long>> client : running) {
        times.addAll(client.get());
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    return new Round(
        times.stream().mapToLong(Long::longValue).toArray(),
        (System.nanoTime() - start) / 1e9,
        clients.stream().mapToInt(client -> client.failed).sum() - failedBefore);
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    for (Client client : clients) {
      client.socket.close();
    }
  }

  private static final class Client {
    /** Servers hang up on who says nothing for longer: what others do meanwhile takes minutes. */
    private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(60);

    private final int port;
    private Socket socket = new Socket();
    private long said;
    private InputStream in;
    private OutputStream out;
    private int number;
    private int failed;

    private Client(int port) {
      this.port = port;
    }

    /** When there is something to say: servers do not wait for it. */
    private void connect() throws IOException {
      socket.close();
      socket = new Socket();
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
      out = socket.getOutputStream();
    }

    private List<Long> run(int client, long end, Requests requests) throws IOException {
      List<Long> times = new ArrayList<>();
      long now = System.nanoTime();
      while (now < end) {
        Received answer = ask(requests.of(client, number++));
        long then = System.nanoTime();
        times.add(then - now);
        now = then;
        if (answer.status != 200 && answer.status != 304) {
          failed++;
        }
      }
      return times;
    }

    private Received ask(byte[] request) throws IOException {
      if (!socket.isConnected() || System.nanoTime() - said > LONGEST_SILENCE) {
        connect();
      }
      said = System.nanoTime();
      out.write(request);
      int status = Integer.parseInt(line().substring(9, 12));
      Map<String, String> headers = new HashMap<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      String length = headers.get("content-length");
      if (status == 304) {
        return new Received(status, headers, new byte[0]);
      }
      return new Received(
          status, headers, length == null ? chunks() : in.readNBytes(Integer.parseInt(length)));
    }

    private byte[] chunks() throws IOException {
      byte[] body = {};
      while (true) {
        byte[] chunk = in.readNBytes(Integer.parseInt(line().strip(), 16));
        line();
        if (chunk.length == 0) {
          return body;
        }
        int length = body.length;
        body = Arrays.copyOf(body, length + chunk.length);
        System.arraycopy(chunk, 0, body, length, chunk.length);
      }
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new IOException("The server hung up after " + line);
        }
        if (next != '\r') {
          line.append((char) next);
        }
      }
      return line.toString();
    }
  }

  /** An HTTP request. */
  static byte[] request(String method, String path, String headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String length =
        method.equals("GET")
            ? ""
            : "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n";
    return (method
            + " "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + headers
            + length
            + "\r\n"
            + body)
        .getBytes(StandardCharsets.UTF_8);
  }
}
