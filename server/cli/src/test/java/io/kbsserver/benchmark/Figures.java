package io.kbsserver.benchmark;

import io.kbsserver.benchmark.Load.Round;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What a request cost at each site, the smallest first.
 *
 * @param who who asked
 * @param request for what
 */
record Figures(String who, String request, List<OfSite> sites) {

  /** What the server took, and its floor in the same rounds. */
  record OfSite(Taken server, Taken floor) {

    /** The part of the floor's throughput, in each round. */
    double[] throughput() {
      return ratios(server, floor);
    }

    double throughputMedian() {
      return median(throughput());
    }

    double p50() {
      return server.quantile(0.5) / floor.quantile(0.5);
    }

    double p99() {
      return server.quantile(0.99) / floor.quantile(0.99);
    }

    double jvm() {
      return server.jvm() / floor.jvm();
    }

    double database() {
      return server.database() / floor.database();
    }
  }

  /** All rounds of one side. */
  static final class Taken {
    private final List<Round> rounds = new ArrayList<>();
    private long jvmNanos;
    private long databaseNanos;

    void add(Round round, long jvm, long database) {
      rounds.add(round);
      jvmNanos += jvm;
      databaseNanos += database;
    }

    int answers() {
      return rounds.stream().mapToInt(round -> round.nanos().length).sum();
    }

    int failed() {
      return rounds.stream().mapToInt(Round::failed).sum();
    }

    double perSecond() {
      return answers() / rounds.stream().mapToDouble(Round::seconds).sum();
    }

    double quantile(double quantile) {
      long[] sorted =
          rounds.stream().flatMapToLong(it -> Arrays.stream(it.nanos())).sorted().toArray();
      return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))];
    }

    /** Time of processors for a request, in nanoseconds. */
    double jvm() {
      return (double) jvmNanos / answers();
    }

    double database() {
      return (double) databaseNanos / answers();
    }
  }

  /** How many times as long it takes at a site as at the smallest, in each round. */
  double[] growth(int site) {
    return ratios(sites.get(0).server(), sites.get(site).server());
  }

  /** The same for the database's time on a processor. */
  double databaseGrowth(int site) {
    return sites.get(site).server().database() / sites.get(0).server().database();
  }

  private static double[] ratios(Taken above, Taken below) {
    return IntStream.range(0, above.rounds.size())
        .mapToDouble(i -> above.rounds.get(i).perSecond() / below.rounds.get(i).perSecond())
        .sorted()
        .toArray();
  }

  /** The middle of what is in order. */
  static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  String name() {
    return request.isEmpty() ? who : who + " " + request;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(String.format("%-70s", name()));
    for (int i = 0; i < sites.size(); i++) {
      OfSite site = sites.get(i);
      text.append(
          String.format(
              Locale.ROOT,
              " | %.2f of the floor, %d/s, time x %.2f, database's x %.2f%s",
              median(site.throughput()),
              Math.round(site.server().perSecond()),
              median(growth(i)),
              databaseGrowth(i),
              site.server().failed() + site.floor().failed() == 0
                  ? ""
                  : ", FAILED " + site.server().failed() + " and " + site.floor().failed()));
    }
    return text.toString();
  }

  /** All that was measured, for those who want to count otherwise. */
  String raw(int[] sizes) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < sites.size(); i++) {
      OfSite site = sites.get(i);
      for (Taken taken : List.of(site.server(), site.floor())) {
        lines
            .append(who)
            .append('\t')
            .append(request)
            .append('\t')
            .append(sizes[i])
            .append(taken == site.server() ? "\tserver" : "\tfloor");
        DoubleStream.of(
                taken.answers(),
                taken.failed(),
                taken.perSecond(),
                taken.quantile(0.5) / 1e6,
                taken.quantile(0.99) / 1e6,
                taken.jvm() / 1e6,
                taken.database() / 1e6)
            .forEach(value -> lines.append(String.format(Locale.ROOT, "\t%.3f", value)));
        lines.append('\n');
      }
    }
    return lines.toString();
  }
}
