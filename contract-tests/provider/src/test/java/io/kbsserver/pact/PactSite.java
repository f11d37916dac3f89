package io.kbsserver.pact;

import io.kbsserver.access.Role;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.compatibility.Snapshot;
import io.kbsserver.http.TcpProxy;
import io.kbsserver.http.TestServer;
import io.kbsserver.site.SiteSettings;
import io.kbsserver.storage.DatabaseWatch;
import io.kbsserver.testing.TestDatabase;
import io.micronaut.cache.CacheManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The real server on an empty database that can be damaged, be cut off, and be new again. */
final class PactSite implements AutoCloseable {

  private static final String SCHEMA = "pact";
  private static final int TIMEOUT_MILLIS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** Of one login; no pact sends more than one. */
  private static final int MOST_REQUESTS = 20;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final TcpProxy proxy;
  private final TestServer server;
  private final Connection connection;
  private final Connection carriedOut;
  private final long managerId;
  private final Snapshot empty;
  private boolean damaged;

  private PactSite(String url) throws SQLException, IOException {
    TestDatabase database = TestDatabase.get();
    proxy = TcpProxy.before(url);
    server =
        TestServer.through(
            url,
            proxy.through(url),
            Map.of(
                "datasources.default.connection-timeout",
                TIMEOUT_MILLIS,
                // What is to be sent stays to be seen.
                "kbs.webhooks.polling",
                "1h",
                "kbs.rate-limits.credential",
                MOST_REQUESTS + "/1h"));
    managerId =
        server
            .bean(UserAccounts.class)
            .add("states", "states@example.com", "Provider states", Role.SUPPORT_MANAGER);
    connection = DriverManager.getConnection(url, database.user(), database.password());
    carriedOut = DriverManager.getConnection(url, database.user(), database.password());
    carriedOut.setAutoCommit(false);
    String copy = database.createSchema(SCHEMA + "_empty");
    empty = Snapshot.take(connection, copy.replaceFirst("^jdbc:mysql://[^/]+/([^?]*).*", "$1"));
  }

  static PactSite open() {
    try {
      return new PactSite(TestDatabase.get().createMigratedSchema(SCHEMA));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestServer server() {
    return server;
  }

  /** Who creates the tickets that are there; cannot log in. */
  long managerId() {
    return managerId;
  }

  /** Everything that an interaction has left behind is gone. */
  void renew() {
    proxy.restore();
    if (damaged) {
      server.sql("RENAME TABLE lost_setting TO site_setting");
      damaged = false;
    }
    try {
      carriedOut.rollback();
      empty.restore();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    forget();
    awaitDatabase();
  }

  /** The pool and the watch notice only after a while that the database is there again. */
  private void awaitDatabase() {
    await(DatabaseWatch.State.THERE);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        server.bean(SiteSettings.class).current();
        return;
      } catch (RuntimeException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  /** A login has sent as many requests as there may be. */
  void useUp(String authorization) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/wp-json/kbs/v1/tickets"))
            .header("Authorization", authorization)
            .build();
    for (int i = 0; i < MOST_REQUESTS; i++) {
      CLIENT.sendAsync(request, BodyHandlers.discarding()).join();
    }
  }

  /** What a ticket is known by to a login. */
  String tag(long ticket, String authorization) {
    return tag("/" + ticket, authorization);
  }

  /** What the list of tickets is known by to a login. */
  String tagOfTickets(String authorization) {
    return tag("", authorization);
  }

  private String tag(String tickets, String authorization) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:" + server.port() + "/wp-json/kbs/v1/tickets" + tickets))
            .header("Authorization", authorization)
            .build();
    return CLIENT
        .sendAsync(request, BodyHandlers.discarding())
        .join()
        .headers()
        .firstValue("ETag")
        .orElseThrow();
  }

  /** A login puts a ticket on hold, with a key where there is one. */
  void hold(long ticket, String authorization, String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:" + server.port() + "/wp-json/kbs/v1/tickets/" + ticket))
            .header("Authorization", authorization)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("status=hold"));
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    int status = CLIENT.sendAsync(request.build(), BodyHandlers.discarding()).join().statusCode();
    if (status != 200) {
      throw new IllegalArgumentException("The user may not put it on hold: " + status);
    }
  }

  /** A user has sent something with a key; it goes on until the site is new again, or is done. */
  void claim(long user, String key, boolean done) {
    try (PreparedStatement statement =
        carriedOut.prepareStatement(
            "INSERT INTO kept_answer VALUES (SHA2(?, 256), '', NOW(), 200, '{}', '{}')")) {
      statement.setString(1, user + ":" + key);
      statement.executeUpdate();
      if (done) {
        carriedOut.commit();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The database answers, but not as it should. */
  void damage() {
    server.sql("RENAME TABLE site_setting TO lost_setting");
    damaged = true;
    forget();
  }

  /**
   * The database does not answer, and the server has noticed: it would do so later, when the
   * database is there again and something else is asked for.
   */
  void cutOff() {
    proxy.cut();
    await(DatabaseWatch.State.AWAY);
    forget();
  }

  private void await(DatabaseWatch.State state) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (server.bean(DatabaseWatch.class).state() != state) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("The database is not " + state);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** What the server remembers is read again. */
  private void forget() {
    CacheManager<?> caches = server.bean(CacheManager.class);
    caches.getCacheNames().forEach(name -> caches.getCache(name).invalidateAll());
  }

  @Override
  public void close() {
    try {
      carriedOut.close();
      connection.close();
      server.close();
      proxy.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
