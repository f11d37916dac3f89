package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TcpProxy;
import io.kbsserver.http.TestServer;
import io.kbsserver.testing.OwnDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Measures how long requests take while something is wrong with the database, and how long it is
 * until they are answered again. Clients read, write and log in all the time.
 */
class DatabaseFaultsDrill {

  private static final int CLIENTS = 12;
  private static final long FAULT_SECONDS = 8;

  private static OwnDatabase database;
  private static TcpProxy proxy;
  private static TestServer server;
  private static String basic;

  /** What is done to the database, and taken back. */
  enum Trouble {
    KILLED {
      @Override
      void begin() throws Exception {
        database.kill();
      }

      @Override
      void end() throws Exception {
        database.start();
      }
    },
    FROZEN {
      @Override
      void begin() throws Exception {
        database.freeze();
      }

      @Override
      void end() throws Exception {
        database.thaw();
      }
    },
    NETWORK_LOST {
      @Override
      void begin() {
        proxy.freeze();
      }

      @Override
      void end() {
        proxy.restore();
      }
    },
    CONNECTIONS_CUT {
      @Override
      void begin() {
        proxy.cut();
      }

      @Override
      void end() {
        proxy.restore();
      }
    },
    READ_ONLY {
      @Override
      void begin() throws Exception {
        database.administer("SET GLOBAL read_only = 1");
      }

      @Override
      void end() throws Exception {
        database.administer("SET GLOBAL read_only = 0");
      }
    };

    abstract void begin() throws Exception;

    abstract void end() throws Exception;
  }

  private record Sample(long began, long ended, int status, boolean saysWhen) {
    double seconds() {
      return (ended - began) / 1e9;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    database = OwnDatabase.start("drill");
    proxy = TcpProxy.before(database.url());
    server = TestServer.through(database, proxy.through(database.url()), Map.of());
    UserAccounts accounts = server.bean(UserAccounts.class);
    accounts.add("drill", "drill@example.org", "drill", "support_manager");
    String password = accounts.addPassword("drill", "drill").password();
    basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("drill:" + password).getBytes(StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    proxy.close();
    database.close();
  }

  @ParameterizedTest
  @EnumSource
  void measured(Trouble trouble) throws Exception {
    ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      boolean writes = i % 3 == 0;
      Thread client = new Thread(() -> work(samples, writes));
      client.start();
      clients.add(client);
    }
    TimeUnit.SECONDS.sleep(3);
    int threads = Thread.activeCount();
    long began = System.nanoTime();
    trouble.begin();
    TimeUnit.SECONDS.sleep(FAULT_SECONDS);
    int threadsMeanwhile = Thread.activeCount();
    trouble.end();
    long over = System.nanoTime();
    TimeUnit.SECONDS.sleep(FAULT_SECONDS);
    clients.forEach(Thread::interrupt);
    for (Thread client : clients) {
      client.join();
    }
    tell(trouble, samples, began, over, threads, threadsMeanwhile);
  }

  private static void tell(
      Trouble trouble,
      ConcurrentLinkedQueue<Sample> samples,
      long began,
      long over,
      int threads,
      int threadsMeanwhile) {
    List<Sample> refused = samples.stream().filter(sample -> sample.status() == 503).toList();
    double slowest = refused.stream().mapToDouble(Sample::seconds).max().orElse(0);
    double[] known =
        refused.stream()
            .filter(sample -> sample.began() - began > 3_000_000_000L && sample.ended() < over)
            .mapToDouble(Sample::seconds)
            .sorted()
            .toArray();
    double back =
        refused.stream().mapToDouble(sample -> (sample.ended() - over) / 1e9).max().orElse(0);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.2f s | %.3f s | %.2f s | %d, %d |%n",
        trouble.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        refused.size(),
        slowest,
        known.length == 0 ? 0 : known[known.length * 99 / 100],
        Math.max(0, back),
        threads,
        threadsMeanwhile);
    assertTrue(refused.stream().allMatch(Sample::saysWhen));
    assertEquals(
        List.of(),
        samples.stream()
            .filter(sample -> sample.status() != 503 && sample.status() != 200)
            .toList());
  }

  private static void work(ConcurrentLinkedQueue<Sample> samples, boolean writes) {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/wp-json/kbs/v1/tickets"))
            .header("Authorization", basic);
    if (writes) {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(
              BodyPublishers.ofString(
                  "customer_first=A&customer_last=B&customer_email=a@example.org"
                      + "&ticket_title=Drill&ticket_content=Drill"));
    }
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long began = System.nanoTime();
        HttpResponse<Void> response = client.send(request.build(), BodyHandlers.discarding());
        samples.add(
            new Sample(
                began,
                System.nanoTime(),
                response.statusCode(),
                response.headers().firstValue("Retry-After").isPresent()));
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (IOException e) {
      samples.add(new Sample(0, 0, 0, false));
    } catch (InterruptedException e) {
      // The drill is over.
    }
  }
}
