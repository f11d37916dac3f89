package io.kbsserver.mock;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;

/**
 * The server without a database. It answers every operation of the contract with its examples, and
 * keeps nothing; what the server refuses, it refuses.
 */
public final class MockServer implements AutoCloseable {

  static final String ROUTES = "/wp-json/**";

  /** The data source is not asked for a connection, and opens none by itself. */
  private static final Map<String, Object> NO_DATABASE =
      Map.of(
          "flyway.enabled",
          false,
          "datasources.default.url",
          "jdbc:mysql://none.invalid/none",
          "kbs.database.watched",
          false,
          "datasources.default.initialization-fail-timeout",
          -1);

  private final ApplicationContext context;
  private final EmbeddedServer server;

  private MockServer(ApplicationContext context) {
    this.context = context;
    this.server = context.getBean(EmbeddedServer.class);
  }

  /** Starts one; port 0 stands for any that is free. */
  public static MockServer start(String host, int port) {
    return start(
        Map.of("micronaut.server.host", host, "micronaut.server.port", port == 0 ? -1 : port));
  }

  /** Starts one with Micronaut's properties for where it listens. */
  public static MockServer start(Map<String, Object> listening) {
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .singletons(new MockMode())
            .banner(false)
            .properties(NO_DATABASE)
            .properties(listening)
            .start();
    MockServer mock = new MockServer(context);
    try {
      mock.server.start();
      return mock;
    } catch (RuntimeException e) {
      mock.close();
      throw e;
    }
  }

  /** The port that it listens on. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    context.close();
  }
}
