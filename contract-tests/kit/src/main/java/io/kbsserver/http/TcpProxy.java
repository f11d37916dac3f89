package io.kbsserver.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between the server and what it needs, and can be cut or freeze. */
public final class TcpProxy implements AutoCloseable {

  private enum Mode {
    OPEN,
    CUT,
    FROZEN
  }

  private static final int MYSQL = 3306;

  private final String host;
  private final int targetPort;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Socket> lost = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = Mode.OPEN;
  private volatile Duration delay = Duration.ZERO;
  private volatile Duration answerDelay = Duration.ZERO;
  private final AtomicInteger answers = new AtomicInteger();

  /**
   * Opens one in front of a database.
   *
   * @param url its JDBC address
   */
  public static TcpProxy before(String url) throws IOException {
    String target = url.replaceFirst("^jdbc:mysql://([^/]+)/.*$", "$1");
    int colon = target.lastIndexOf(':');
    return colon < 0
        ? new TcpProxy(target, MYSQL)
        : new TcpProxy(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
  }

  /** Opens one in front of what listens on a port of this machine. */
  public static TcpProxy before(int port) throws IOException {
    return new TcpProxy("127.0.0.1", port);
  }

  /** The JDBC address by which the database is reached through this. */
  public String through(String url) {
    return url.replaceFirst("^(jdbc:mysql://)[^/]+/", "$1127.0.0.1:" + port() + "/");
  }

  private TcpProxy(String host, int targetPort) throws IOException {
    this.host = host;
    this.targetPort = targetPort;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Breaks all connections; new ones are closed at once. */
  public void cut() {
    mode = Mode.CUT;
    closeAll();
  }

  /** Keeps all connections, and lets nothing through. */
  public void freeze() {
    mode = Mode.FROZEN;
  }

  /**
   * Lets nothing through on the connections of now, as a firewall that forgot them; others work.
   */
  void lose() {
    lost.addAll(sockets);
  }

  /** Whether there are connections that are not lost. */
  boolean hasOthers() {
    return !lost.containsAll(sockets);
  }

  /** Lets through again what was sent on connections that were lost. */
  void find() {
    lost.clear();
  }

  /** Lets the database greet those who connect from now on as late as this. */
  public void delayConnecting(Duration time) {
    delay = time;
  }

  /** Lets the database answer as late as this, whatever it is asked. */
  void delayAnswers(Duration time) {
    answerDelay = time;
  }

  /** How many answers have come through. */
  int answers() {
    return answers.get();
  }

  /** Works again; connections that were frozen are broken. */
  public void restore() {
    if (mode == Mode.FROZEN || !lost.isEmpty()) {
      closeAll();
    }
    mode = Mode.OPEN;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (mode == Mode.CUT) {
          client.close();
          continue;
        }
        Socket target = target(client);
        sockets.add(client);
        sockets.add(target);
        AtomicBoolean asked = new AtomicBoolean(true);
        daemon(() -> copy(client, target, () -> asked.set(true)));
        Duration late = delay;
        daemon(
            () -> {
              sleep(late);
              copy(target, client, () -> answer(asked));
            });
      } catch (IOException e) {
        // Closed, or the database is away: the client notices.
      }
    }
  }

  /** An answer may come in pieces. */
  private void answer(AtomicBoolean asked) {
    if (asked.getAndSet(false)) {
      sleep(answerDelay);
      answers.incrementAndGet();
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Socket target(Socket client) throws IOException {
    try {
      return new Socket(host, targetPort);
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  private void copy(Socket from, Socket to, Runnable before) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        while (mode == Mode.FROZEN || lost.contains(from)) {
          Thread.sleep(20);
        }
        before.run();
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // One side has gone; both are closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lost.remove(from);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void closeAll() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone already.
      }
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    closeAll();
  }
}
