package io.kbsserver.rest.limits;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** So many requests within so much time. */
public record Rate(long requests, Duration window) {

  private static final Pattern SYNTAX = Pattern.compile("([1-9]\\d{0,8})/([1-9]\\d{0,4}[smh])");

  /** Reads one as an operator writes it; says what is wrong with it where it is none. */
  public static Rate parse(String text) {
    Matcher matcher = SYNTAX.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is no rate such as 600/1m: " + text.strip());
    }
    Duration window = Duration.parse("PT" + matcher.group(2).toUpperCase(Locale.ROOT));
    return new Rate(Long.parseLong(matcher.group(1)), window);
  }
}
