package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.Role;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.contract.Callers;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.drill.FuzzRequest.Client;
import io.kbsserver.drill.RequestMaker.Things;
import io.kbsserver.http.Answer;
import io.kbsserver.http.CallersOf;
import io.kbsserver.http.NamedThings;
import io.kbsserver.http.TestServer;
import io.kbsserver.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Reads the contract, and asks for everything in it in every way that is allowed, or nearly so: two
 * clients at once, as everybody and nobody, request by request and in sequences. What it finds it
 * makes small, and says how to ask for it again.
 *
 * <p>{@code -Ddrill.requests=100000} says how many, {@code -Ddrill.minutes=45} for how long at
 * most, {@code -Ddrill.seed} which ones.
 */
class SpecFuzzDrill {

  private static final int CLIENTS = 2;
  private static final int ONE_SEQUENCE_IN = 60;
  private static final int MOST_FINDINGS = 25;
  private static final int MOST_TICKETS = 200;
  private static final long LONGEST_SECONDS = 10;

  private static TestServer server;
  private static DrillClient http;
  private static FuzzJudge judge;

  private final int most = Integer.getInteger("drill.requests", 100_000);
  private final long end =
      System.nanoTime() + TimeUnit.MINUTES.toNanos(Integer.getInteger("drill.minutes", 45));
  private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
  private final Map<String, String> findings = new ConcurrentHashMap<>();

  @BeforeAll
  static void start() {
    String schema = TestDatabase.get().createSchema("spec_fuzz");
    server =
        TestServer.through(
            schema,
            schema,
            Map.of(
                "kbs.logins.failures-of-pair", 1_000_000,
                "kbs.logins.failures-of-address", 1_000_000));
    // Else a number is an id as well.
    server.set("ticket_prefix", "D-");
    http = new DrillClient("http://127.0.0.1:" + server.port());
    judge = new FuzzJudge(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Client client(String name, String role, long company) {
    UserAccounts accounts = server.bean(UserAccounts.class);
    String email = name + "@example.org";
    long id = accounts.add(name, email, name, role);
    String password = accounts.addPassword(name, "drill").password();
    boolean customer = !CallersOf.role(role).contains(Callers.AGENT);
    if (customer) {
      server.customer(email, id, company == 0 ? null : company);
    }
    Set<Callers> among = CallersOf.role(customer ? Role.SUPPORT_CUSTOMER : role);
    return new Client(name, basic(name, password), among, email, company);
  }

  private static String basic(String login, String password) {
    byte[] credentials = (login + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void everythingIsAnsweredAsTheContractSays() throws InterruptedException {
    long seed = Long.getLong("drill.seed", System.nanoTime());
    long company = server.company("Carla & Co");
    Client manager = client("manager", Role.SUPPORT_MANAGER, 0);
    Client owner = client("owner", Role.SUPPORT_CUSTOMER, company);
    Client stranger = client("stranger", Role.SUPPORT_CUSTOMER, 0);
    List<Client> clients =
        List.of(
            manager,
            manager,
            manager,
            client("administrator", Role.ADMINISTRATOR, 0),
            client("agent", Role.SUPPORT_AGENT, 0),
            owner,
            stranger,
            client("subscriber", "subscriber", 0),
            new Client("nobody", null, CallersOf.role(null), "nobody@example.org", 0),
            new Client(
                "wrong", basic("manager", "wrong"), CallersOf.role(null), "w@example.org", 0));
    long customer = server.customer("otto@example.org", null, null);
    Things things =
        new Things(
            new CopyOnWriteArrayList<>(),
            new CopyOnWriteArrayList<>(),
            List.of(customer, company, server.term("ticket_categories", "Category")),
            named(NamedThings.of(server, "otto@example.org")),
            clients);
    seed(things, manager, new RequestMaker(new Random(seed), things));
    List<Thread> threads = new ArrayList<>();
    long began = System.nanoTime();
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(seed + i);
      RequestMaker maker = new RequestMaker(random, things);
      FuzzSequence sequence = new FuzzSequence(http, random, maker, manager, owner, stranger);
      Thread thread = new Thread(() -> work(random, maker, sequence, things));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    tell(seed, (System.nanoTime() - began) / 1e9);
  }

  private static Map<String, List<?>> named(NamedThings things) {
    Map<String, List<?>> named = new HashMap<>();
    for (Operation operation : Contract.packaged().operations()) {
      named.put(operation.path(), things.names(operation, "me", () -> "1"));
    }
    return named;
  }

  private static void seed(Things things, Client manager, RequestMaker maker) {
    for (int i = 0; i < 20; i++) {
      String email = things.clients().get(i % things.clients().size()).email();
      Answer made =
          http.send(manager, "POST", "/wp-json/kbs/v1/tickets", maker.ticket("Ticket " + i, email));
      assertEquals(200, made.status(), made::toString);
      long id = made.json().path("id").asLong();
      if (i % 4 == 0) {
        server.sql("DELETE FROM ticket_participant WHERE ticket_id = ?", id);
        server.sql("DELETE FROM ticket WHERE id = ?", id);
        things.goneTickets().add(id);
      } else {
        things
            .tickets()
            .add(i % 2 == 0 ? String.valueOf(id) : made.json().at("/ticket_data/number").asText());
      }
    }
  }

  private void work(Random random, RequestMaker maker, FuzzSequence sequence, Things things) {
    while (http.sent() < most && System.nanoTime() < end && findings.size() < MOST_FINDINGS) {
      if (random.nextInt(ONE_SEQUENCE_IN) == 0) {
        follow(sequence, things);
      } else {
        ask(maker.any());
      }
    }
  }

  private void follow(FuzzSequence sequence, Things things) {
    try {
      long id = sequence.run();
      if (things.tickets().size() < MOST_TICKETS) {
        things.tickets().add(String.valueOf(id));
      }
    } catch (AssertionError | RuntimeException e) {
      found("sequence " + kind(e), e.toString());
    }
  }

  private void ask(FuzzRequest request) {
    Optional<Throwable> finding = finding(request);
    if (finding.isEmpty()) {
      return;
    }
    String kind = kind(finding.get());
    FuzzRequest least = smallest(request, kind);
    found(
        request.operation().id() + " " + kind,
        finding.get() + "\n" + request.client().name() + ": " + least.curl(http.address()));
  }

  private void found(String kind, String finding) {
    if (findings.putIfAbsent(kind, finding) == null) {
      System.out.println("== " + kind + "\n" + finding);
    }
  }

  private Optional<Throwable> finding(FuzzRequest request) {
    try {
      if (request.operation().changesObject()) {
        request.parts().stream()
            .filter(part -> List.of("customer", "company").contains(part.name()))
            .forEach(part -> judge.moved(idOf(request.named())));
      }
      Answer answer = http.send(request);
      answers.merge(answer.status(), 1, Integer::sum);
      judge.judge(request, answer);
      return Optional.empty();
    } catch (AssertionError | RuntimeException e) {
      return Optional.of(e);
    }
  }

  private static long idOf(String named) {
    return server.number(
        "SELECT COALESCE(MAX(id), 0) FROM ticket WHERE id = ? OR number = ?", named, named);
  }

  /** The same finding with as little as it takes. */
  private FuzzRequest smallest(FuzzRequest request, String kind) {
    return request
        .smaller()
        .filter(less -> finding(less).map(SpecFuzzDrill::kind).filter(kind::equals).isPresent())
        .findFirst()
        .map(less -> smallest(less, kind))
        .orElse(request);
  }

  /** What is the same of findings that are one: the beginning, without what differs by chance. */
  private static String kind(Throwable finding) {
    String text = String.valueOf(finding.getMessage()).lines().limit(2).toList().toString();
    String same = text.replaceAll("[A-Z]+ /\\S+", "…").replaceAll("\\d+", "#");
    return same.substring(0, Math.min(120, same.length()));
  }

  private void tell(long seed, double seconds) {
    List<Long> times = http.times();
    double longest = times.get(times.size() - 1) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%d requests in %.0f s with -Ddrill.seed=%d; answers %s, %d times busy; p50 %.1f ms, p99 %.1f"
            + " ms, longest %.2f s; %d findings%n",
        times.size(),
        seconds,
        seed,
        new TreeMap<>(answers),
        judge.timesBusy(),
        times.get(times.size() / 2) / 1e6,
        times.get(times.size() * 99 / 100) / 1e6,
        longest,
        findings.size());
    assertEquals(List.of(), List.copyOf(findings.keySet()));
    assertTrue(longest < LONGEST_SECONDS, "Too slow");
  }
}
