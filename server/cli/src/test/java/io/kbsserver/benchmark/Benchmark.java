package io.kbsserver.benchmark;

import io.kbsserver.benchmark.Figures.Taken;
import io.kbsserver.benchmark.Load.Round;
import io.kbsserver.benchmark.MeasuredSite.Asking;
import io.kbsserver.benchmark.MeasuredSite.Pair;
import io.kbsserver.benchmark.MeasuredSite.Side;
import io.kbsserver.http.TicketRequests.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Asks servers of several sites, and their floors, in turns so short that whatever else the machine
 * does meets all of them. Only what they differ by is told.
 */
final class Benchmark {

  private static final Path HOME = Path.of("target", "kbs-server");

  /** A server that compiles less than this share of its time is what it will be. */
  private static final double COMPILED = 0.1;

  private static final long WARM_UP_TURN = TimeUnit.SECONDS.toNanos(2);
  private static final long LONGEST_WARM_UP = TimeUnit.SECONDS.toNanos(60);

  private final long roundNanos = (long) (Double.parseDouble(option("seconds", "0.15")) * 1e9);
  private final int rounds = Integer.parseInt(option("rounds", "5"));
  private final List<MeasuredSite> sites = new ArrayList<>();
  private final List<Figures> measured = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  /** Something that is asked of a site. */
  @FunctionalInterface
  private interface Asked {
    Pair of(MeasuredSite site) throws IOException;
  }

  private static String option(String name, String value) {
    return System.getProperty("benchmark." + name, value);
  }

  public static void main(String[] args) throws Exception {
    int[] sizes =
        Arrays.stream(option("sizes", "1000,10000").split(","))
            .mapToInt(Integer::parseInt)
            .sorted()
            .toArray();
    Path into = Files.createDirectories(Path.of(option("into", "target/benchmark")));
    Benchmark benchmark = new Benchmark();
    // However it ends, nothing runs on.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().children().forEach(ProcessHandle::destroy), "end"));
    try {
      for (int size : sizes) {
        benchmark.sites.add(
            new MeasuredSite(
                HOME,
                Path.of(option("sites", "target/benchmark-sites")).toAbsolutePath(),
                into.resolve("work").toAbsolutePath(),
                size,
                Integer.parseInt(option("seed", "1")),
                Integer.parseInt(option("clients", "2"))));
      }
      benchmark.run();
      new BenchmarkReport(into, sizes, benchmark.measured, benchmark.left)
          .write(benchmark.memory(), load());
    } finally {
      for (MeasuredSite site : benchmark.sites) {
        site.close();
      }
    }
  }

  private static String load() throws IOException {
    String[] averages = Files.readString(Path.of("/proc/loadavg")).split(" ");
    return averages[2] + " over the last quarter of an hour";
  }

  private void run() throws IOException, InterruptedException {
    warmUp(site -> site.reading(View.MANAGER, "", Asking.ANEW));
    warmUp(site -> site.reading(View.MANAGER, "/:id", Asking.ANEW));
    long deadline =
        System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.parseLong(option("minutes", "10")));
    measure("manager", "", site -> site.reading(View.MANAGER, "", Asking.ANEW));
    measure("manager", "(the same again)", site -> site.reading(View.MANAGER, "", Asking.AGAIN));
    measure("manager", "If-None-Match", site -> site.reading(View.MANAGER, "", Asking.WITH_TAG));
    measure("manager", "/:id", site -> site.reading(View.MANAGER, "/:id", Asking.ANEW));
    measure(
        "manager",
        "/:id (the same again)",
        site -> site.reading(View.MANAGER, "/:id", Asking.AGAIN));
    for (View view : View.values()) {
      for (String request : view.requests()) {
        boolean done = view == View.MANAGER && (request.isEmpty() || request.equals("/:id"));
        if (!done && System.nanoTime() > deadline) {
          left.add(view.label() + " `" + request + "`");
        } else if (!done) {
          measure(view.label(), request, site -> site.reading(view, request, Asking.ANEW));
        }
      }
    }
    measure("manager", "(the first again)", site -> site.reading(View.MANAGER, "", Asking.ANEW));
    warmUp(MeasuredSite::updating);
    measure("manager", "update", MeasuredSite::updating);
    measure("manager", "nine lists, one update", MeasuredSite::mixed);
    warmUp(MeasuredSite::creating);
    measure("manager", "create", MeasuredSite::creating);
  }

  private void warmUp(Asked asked) throws IOException, InterruptedException {
    for (MeasuredSite site : sites) {
      Pair pair = asked.of(site);
      warmUp(site.server(), pair.server());
      warmUp(site.floor(), pair.floor());
    }
  }

  private static void warmUp(Side side, Load.Requests requests)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_WARM_UP;
    boolean compiled = false;
    while (!compiled && System.nanoTime() < deadline) {
      Map<Path, Long> before = side.jvm().used();
      side.load().during(WARM_UP_TURN, requests);
      compiled = side.jvm().compiling(before) < COMPILED;
    }
  }

  private void measure(String who, String request, Asked asked)
      throws IOException, InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    List<Figures.OfSite> figures = new ArrayList<>();
    for (MeasuredSite site : sites) {
      Pair pair = asked.of(site);
      if (pair.status() != 200) {
        left.add(who + " `" + request + "` (" + pair.status() + ")");
        return;
      }
      pairs.add(pair);
      figures.add(new Figures.OfSite(new Taken(), new Taken()));
    }
    for (int round = -1; round < rounds; round++) {
      for (int i = 0; i < pairs.size(); i++) {
        MeasuredSite site = sites.get(i);
        Pair pair = pairs.get(i);
        // What comes second finds the processor's caches as the first one leaves them.
        for (int place = 0; place < 2; place++) {
          boolean first = (round + place) % 2 == 0;
          Side side = first ? site.floor() : site.server();
          Taken taken = first ? figures.get(i).floor() : figures.get(i).server();
          Load.Requests requests = first ? pair.floor() : pair.server();
          if (round < 0) {
            side.load().during(roundNanos / 2, requests);
          } else {
            turn(site, side, requests, taken);
          }
        }
      }
    }
    Figures all = new Figures(who, request, figures);
    measured.add(all);
    System.out.println(all);
  }

  private void turn(MeasuredSite site, Side side, Load.Requests requests, Taken taken)
      throws IOException, InterruptedException {
    Map<Path, Long> jvm = side.jvm().used();
    Map<Path, Long> database = site.database().used();
    Round round = side.load().during(roundNanos, requests);
    taken.add(round, side.jvm().since(jvm), site.database().since(database));
  }

  private List<long[]> memory() throws IOException {
    List<long[]> memory = new ArrayList<>();
    for (MeasuredSite site : sites) {
      memory.add(
          new long[] {
            site.server().jvm().megabytes(),
            site.floor().jvm().megabytes(),
            site.database().megabytes()
          });
    }
    return memory;
  }
}
