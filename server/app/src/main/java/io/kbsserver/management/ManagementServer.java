package io.kbsserver.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kbsserver.storage.StartupFailure;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.serde.ObjectMapper;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers {@code /metrics} and {@code /info} on this machine only.
 *
 * <p>It is the JDK's server and none of Micronaut's: what it serves can be no route of the public
 * port, and it goes on answering while that one has more to do than it can.
 */
@Singleton
@Requires(property = ManagementServer.PORT)
class ManagementServer implements ApplicationEventListener<ServerStartupEvent> {

  static final String PORT = "kbs.management.port";

  /** Enough for who asks, and for who asks for something and does not end it. */
  private static final int THREADS = 4;

  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String JSON = "application/json";

  static {
    // In seconds; the JDK's server waits for ever otherwise. It reads them once.
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", "5");
    System.getProperties().putIfAbsent("sun.net.httpserver.maxRspTime", "30");
  }

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "management");
            thread.setDaemon(true);
            return thread;
          });

  ManagementServer(
      @Property(name = PORT) int port,
      PrometheusMeterRegistry metrics,
      ProgramInfo info,
      ObjectMapper json)
      throws IOException {
    server = bound(port);
    server.setExecutor(threads);
    serve("/metrics", PROMETHEUS, metrics::scrape);
    serve("/info", JSON, () -> json.writeValueAsString(info.program()));
  }

  private static HttpServer bound(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      // Without the cause, which is the same where the public port is in use.
      throw new StartupFailure(
          "The port " + port + " of KBS_MANAGEMENT_PORT cannot be listened on: " + e.getMessage());
    }
  }

  /** The port that it listens on. */
  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    server.start();
  }

  /** Something that can be read. */
  @FunctionalInterface
  private interface Text {
    String now() throws IOException;
  }

  private void serve(String path, String type, Text text) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            // The context takes whatever begins so.
            if (!exchange.getRequestURI().getPath().equals(path)) {
              exchange.sendResponseHeaders(404, -1);
            } else if (!exchange.getRequestMethod().equals("GET")) {
              exchange.sendResponseHeaders(405, -1);
            } else {
              answer(exchange, type, text.now());
            }
          }
        });
  }

  private static void answer(HttpExchange exchange, String type, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @PreDestroy
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }
}
