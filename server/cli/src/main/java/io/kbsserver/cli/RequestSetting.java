package io.kbsserver.cli;

import java.math.BigDecimal;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may be set of what a request may cost; the defaults stand in application.yml. */
enum RequestSetting {
  QUERY_TIMEOUT("kbs.query-timeout", RequestSetting::seconds),
  MAX_TEXT_LENGTH("kbs.text-length", RequestSetting::length);

  private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s)");
  private static final BigDecimal SHORTEST_SECONDS = new BigDecimal("0.1");

  /** Less than a connection waits for an answer at all. */
  private static final BigDecimal LONGEST_SECONDS = new BigDecimal(20);

  /** The contract's. */
  private static final int LONGEST_TEXT = 1_048_576;

  private final String property;
  private final Function<String, Object> reader;

  RequestSetting(String property, Function<String, Object> reader) {
    this.property = property;
    this.reader = reader;
  }

  /** The environment variable. */
  String variable() {
    return "KBS_" + name();
  }

  /** Micronaut's property. */
  String property() {
    return property;
  }

  /** The value of the property; a mistake is told as the end of a sentence. */
  Object read(String value) {
    return reader.apply(value.strip());
  }

  private static Object seconds(String text) {
    Matcher time = TIME.matcher(text);
    if (time.matches()) {
      BigDecimal seconds =
          new BigDecimal(time.group(1)).movePointLeft(time.group(2).equals("ms") ? 3 : 0);
      if (seconds.compareTo(SHORTEST_SECONDS) >= 0 && seconds.compareTo(LONGEST_SECONDS) <= 0) {
        return seconds.toPlainString();
      }
    }
    throw new IllegalArgumentException("is no time from 100ms to 20s: " + text);
  }

  private static Object length(String text) {
    if (text.matches("[1-9]\\d{0,6}") && Integer.parseInt(text) <= LONGEST_TEXT) {
      return Integer.valueOf(text);
    }
    throw new IllegalArgumentException("is no number from 1 to " + LONGEST_TEXT + ": " + text);
  }
}
