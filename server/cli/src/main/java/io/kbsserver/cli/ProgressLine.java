package io.kbsserver.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how long work gets on: in one line that is overwritten on a terminal, in a line every few
 * seconds otherwise, which is what a log file wants.
 */
final class ProgressLine {
  private static final long IN_PLACE_INTERVAL = Duration.ofMillis(200).toNanos();
  private static final long LINE_INTERVAL = Duration.ofSeconds(5).toNanos();
  private static final double NANOS = 1e9;

  private final Terminal terminal;
  private final LongSupplier clock;
  private String kind = "";
  private long kindBegin;
  private long kindFirst;
  private long shown;
  private long problems;
  private boolean lineOpen;
  private boolean kindClosed = true;

  ProgressLine(Terminal terminal, LongSupplier clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Tells how far the work of one kind has come. */
  void stage(String newKind, long done, long total) {
    long now = clock.getAsLong();
    if (!newKind.equals(kind)) {
      close();
      kind = newKind;
      kindBegin = now;
      kindFirst = done;
      kindClosed = false;
      shown = now;
    }
    boolean complete = done >= total;
    if (complete && kindClosed) {
      return;
    }
    long interval = terminal.interactive() ? IN_PLACE_INTERVAL : LINE_INTERVAL;
    if (complete || now - shown >= interval) {
      shown = now;
      show(line(done, total, now));
      if (complete) {
        close();
        kindClosed = true;
      }
    }
  }

  /** Counts a problem, to be shown from now on. */
  void problem() {
    problems++;
  }

  private String line(long done, long total, long now) {
    StringBuilder line = new StringBuilder();
    line.append(kind).append(": ").append(number(done)).append(" of ").append(number(total));
    double seconds = (now - kindBegin) / NANOS;
    double rate = seconds > 0 ? (done - kindFirst) / seconds : 0;
    if (rate >= 1 && seconds >= 1) {
      line.append(", ").append(number(Math.round(rate))).append("/s");
      if (done < total) {
        line.append(", ").append(time((long) ((total - done) / rate * NANOS))).append(" left");
      }
    }
    if (problems > 0) {
      line.append(", ").append(problems == 1 ? "1 problem" : number(problems) + " problems");
    }
    return line.toString();
  }

  private void show(String line) {
    PrintStream err = terminal.err();
    if (terminal.interactive()) {
      // Back to the start of the line and clear it.
      err.print("\r\033[K" + line);
      lineOpen = true;
    } else {
      err.println(line);
    }
    err.flush();
  }

  /** Leaves the line as it is, for something else to follow on the next. */
  void close() {
    if (lineOpen) {
      terminal.err().println();
      lineOpen = false;
    }
  }

  /** A number that is easy to read. */
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A duration that is easy to read. */
  static String time(long nanos) {
    long seconds = Math.max(1, Math.round(nanos / NANOS));
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d h", seconds / 3600, seconds % 3600 / 60);
  }
}
