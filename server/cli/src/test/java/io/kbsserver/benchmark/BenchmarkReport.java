package io.kbsserver.benchmark;

import io.kbsserver.benchmark.Figures.OfSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What was measured, as tables and plots: {@code benchmark.md}, {@code benchmark.tsv}, and an SVG
 * for each measure and size.
 *
 * @param left what was not measured
 */
record BenchmarkReport(Path into, int[] sizes, List<Figures> measured, List<String> left) {

  /** Writes it. */
  void write(List<long[]> memory, String load) throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # What requests cost

            Made by the benchmark, not by hand: [performance](performance.md#a-benchmark) says how, and
            what the columns mean.

            """);
    text.append("Load of the machine: ").append(load).append(".\n\n");
    text.append(
        "| tickets | server, resident MB | floor | database |\n| --- | --- | --- | --- |\n");
    Map<String, List<Double>> resident = new LinkedHashMap<>();
    for (int i = 0; i < sizes.length; i++) {
      long[] site = memory.get(i);
      text.append("| %,d | %d | %d | %d |%n".formatted(sizes[i], site[0], site[1], site[2]));
      resident.put(
          "%,d tickets".formatted(sizes[i]),
          List.of((double) site[0], (double) site[1], (double) site[2]));
    }
    Chart.write(
        into.resolve("memory.svg"),
        "Resident memory, MB",
        List.of("server", "floor", "database"),
        resident,
        false);
    for (int i = 0; i < sizes.length; i++) {
      table(text, i);
      int place = i;
      plot("throughput", "Part of the floor's throughput", i, false, OfSite::throughputMedian);
      plot("p50", "Median time, in that of the floor", i, true, OfSite::p50);
      plot("p99", "99th percentile, in that of the floor", i, true, OfSite::p99);
      plot(
          "server-cpu", "Processor time of the server, in that of the floor", i, true, OfSite::jvm);
      plot(
          "database-cpu",
          "Processor time of the database, in the floor's",
          i,
          true,
          OfSite::database);
      if (i > 0) {
        String smallest = ", in that at %,d".formatted(sizes[0]);
        plotOf("growth", "Time" + smallest, i, true, it -> Figures.median(it.growth(place)));
        plotOf(
            "database-growth",
            "Processor time of the database" + smallest,
            i,
            true,
            it -> it.databaseGrowth(place));
      }
    }
    if (!left.isEmpty()) {
      text.append("\nNot measured: ").append(String.join("; ", left)).append(".\n");
    }
    Files.writeString(into.resolve("benchmark.md"), text);
    StringBuilder raw =
        new StringBuilder(
            "who\trequest\ttickets\tside\tanswers\tfailed\tper_second\tp50_ms\tp99_ms\tjvm_ms"
                + "\tdatabase_ms\n");
    measured.forEach(one -> raw.append(one.raw(sizes)));
    Files.writeString(into.resolve("benchmark.tsv"), raw);
  }

  private void table(StringBuilder text, int site) {
    boolean grown = site > 0;
    text.append("\n## %,d tickets%n%n".formatted(sizes[site]));
    text.append(
        "| who | asks for | throughput | from, to | p50 | p99 | server CPU | database CPU |");
    text.append(grown ? " time | from, to | database CPU grows |\n" : "\n");
    text.append("|").append(" --- |".repeat(grown ? 11 : 8)).append("\n");
    for (Figures one : measured) {
      OfSite at = one.sites().get(site);
      String request = one.request().isEmpty() ? "the list" : "`" + one.request() + "`";
      text.append("| ").append(one.who()).append(" | ").append(request).append(" | ");
      text.append(spread(at.throughput())).append(" | ");
      for (double value : new double[] {at.p50(), at.p99(), at.jvm()}) {
        text.append(number(value)).append(" | ");
      }
      text.append(number(at.database())).append(" |");
      if (grown) {
        text.append(" ").append(spread(one.growth(site))).append(" | ");
        text.append(number(one.databaseGrowth(site))).append(" |");
      }
      text.append("\n");
    }
  }

  private static String spread(double[] sorted) {
    return "%s | %s, %s"
        .formatted(
            number(Figures.median(sorted)), number(sorted[0]), number(sorted[sorted.length - 1]));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }

  private void plot(
      String name, String title, int site, boolean logarithmic, ToDoubleFunction<OfSite> value)
      throws IOException {
    plotOf(name, title, site, logarithmic, it -> value.applyAsDouble(it.sites().get(site)));
  }

  /** A group of bars for each request, and in it one for each who asked. */
  private void plotOf(
      String name, String title, int site, boolean logarithmic, ToDoubleFunction<Figures> value)
      throws IOException {
    Map<String, Map<String, Double>> values = new LinkedHashMap<>();
    Map<String, List<Double>> series = new LinkedHashMap<>();
    for (Figures one : measured) {
      String request = one.request().isEmpty() ? "the list" : one.request();
      values
          .computeIfAbsent(request, key -> new LinkedHashMap<>())
          .put(one.who(), value.applyAsDouble(one));
      series.putIfAbsent(one.who(), new ArrayList<>());
    }
    series.forEach(
        (who, bars) ->
            values.values().forEach(each -> bars.add(each.getOrDefault(who, Double.NaN))));
    Chart.write(
        into.resolve("%s-%d.svg".formatted(name, sizes[site])),
        "%s, at %,d tickets".formatted(title, sizes[site]),
        List.copyOf(values.keySet()),
        series,
        logarithmic);
  }
}
