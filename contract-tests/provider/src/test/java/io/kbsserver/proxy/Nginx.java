package io.kbsserver.proxy;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An nginx that runs one configuration, in a folder of its own, until it is closed. */
final class Nginx implements AutoCloseable {

  private static final String VARIABLE = "KBS_NGINX";
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path log;

  private Nginx(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** The program: the one that the environment names, else the first on the path or beside it. */
  static Optional<String> program() {
    String chosen = System.getenv(VARIABLE);
    if (chosen != null && !chosen.isBlank()) {
      // One that does not exist is no reason to skip what was asked for.
      return Optional.of(chosen);
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    // Distributions put it where the path of users does not lead.
    return Stream.concat(
            Arrays.stream(path.split(File.pathSeparator)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /** Why there is none here; nothing where there is one. */
  static Optional<String> obstacle() {
    return program().isPresent()
        ? Optional.empty()
        : Optional.of("there is no nginx here, on the PATH or as " + VARIABLE);
  }

  /** Starts one with what stands in a file of {@code conf.d}, and waits for its port. */
  static Nginx start(Path folder, String site, int port) throws IOException, InterruptedException {
    Path root = Files.createDirectories(folder).toAbsolutePath();
    Files.writeString(root.resolve("site.conf"), site);
    Files.writeString(
        root.resolve("nginx.conf"),
        """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log error.log;
        events {}
        http {
            access_log off;
            client_body_temp_path body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            include site.conf;
        }
        """);
    Path log = root.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                program().orElseThrow(),
                "-p",
                root.toString(),
                "-c",
                "nginx.conf",
                "-e",
                "error.log")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Nginx nginx = new Nginx(process, log);
    nginx.await(port);
    return nginx;
  }

  private void await(int port) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (process.isAlive() && System.nanoTime() < end) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return;
      } catch (IOException e) {
        Thread.sleep(20);
      }
    }
    close();
    throw new IllegalStateException("nginx does not start: " + Files.readString(log));
  }

  boolean isRunning() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
