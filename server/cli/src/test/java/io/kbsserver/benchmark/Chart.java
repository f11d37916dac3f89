package io.kbsserver.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Bars in groups, as SVG. */
final class Chart {

  private static final List<String> COLOURS = List.of("#2b6cb0", "#dd6b20", "#2f855a", "#805ad5");
  private static final int LABELS = 390;
  private static final int WIDTH = 520;
  private static final int BAR = 7;
  private static final int TOP = 56;

  private Chart() {}

  /**
   * Writes it.
   *
   * @param groups what is below each other
   * @param series by its name, a value for each group, NaN for none
   * @param logarithmic whether ten times as much is as far everywhere
   */
  static void write(
      Path file,
      String title,
      List<String> groups,
      Map<String, List<Double>> series,
      boolean logarithmic)
      throws IOException {
    double most =
        series.values().stream()
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .filter(value -> !Double.isNaN(value))
            .max()
            .orElse(1);
    Scale scale = new Scale(logarithmic, most);
    StringBuilder body = new StringBuilder();
    int y = TOP;
    for (int group = 0; group < groups.size(); group++) {
      int start = y;
      int colour = 0;
      for (List<Double> values : series.values()) {
        double value = values.get(group);
        if (!Double.isNaN(value)) {
          body.append(
              "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n"
                  .formatted(LABELS, y, scale.at(value), BAR - 1, COLOURS.get(colour)));
          body.append(text(LABELS + scale.at(value) + 4, y + BAR - 1, "start", 8, number(value)));
          y += BAR;
        }
        colour++;
      }
      body.append(text(LABELS - 6, (start + y) / 2.0 + 3, "end", 10, groups.get(group)));
      y += BAR;
    }
    StringBuilder svg = new StringBuilder();
    svg.append(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
                + " font-family=\"sans-serif\">%n<rect width=\"%1$d\" height=\"%2$d\""
                + " fill=\"white\"/>%n")
            .formatted(LABELS + WIDTH + 60, y + 10));
    svg.append(text(10, 20, "start", 15, title));
    int x = 10;
    int colour = 0;
    for (String name : series.keySet()) {
      svg.append(
          "<rect x=\"%d\" y=\"31\" width=\"10\" height=\"10\" fill=\"%s\"/>%n"
              .formatted(x, COLOURS.get(colour++)));
      svg.append(text(x + 14, 40, "start", 11, name));
      x += 110;
    }
    for (double tick : scale.ticks()) {
      svg.append(
          "<line x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\" stroke=\"%4$s\"/>%n"
              .formatted(LABELS + scale.at(tick), TOP - 4, y, tick == 1 ? "#666" : "#ddd"));
      svg.append(text(LABELS + scale.at(tick), TOP - 6, "middle", 9, number(tick)));
    }
    Files.writeString(file, svg.append(body).append("</svg>\n"));
  }

  /** Where values are. */
  private record Scale(boolean logarithmic, double most) {
    /** The left edge of a logarithmic one. */
    private static final double LEAST = 0.1;

    double at(double value) {
      double part =
          logarithmic
              ? Math.log(Math.max(value, LEAST) / LEAST) / Math.log(Math.max(most, 1) / LEAST)
              : value / most;
      return part * WIDTH;
    }

    List<Double> ticks() {
      if (logarithmic) {
        return DoubleStream.iterate(LEAST, it -> it <= most * 1.01, it -> it * 10)
            .map(it -> Math.round(it * 10) / 10.0)
            .boxed()
            .toList();
      }
      double step = Math.pow(10, Math.floor(Math.log10(most)));
      double fine = most / step < 3 ? step / 4 : step;
      return DoubleStream.iterate(0, it -> it <= most, it -> it + fine).boxed().toList();
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }

  private static String text(double x, double y, String anchor, int size, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\">%s</text>%n",
        x,
        y,
        anchor,
        size,
        text.replace("&", "&amp;").replace("<", "&lt;"));
  }
}
