package io.kbsserver.rest.download;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a content a request asks for (RFC 9110, section 14). What is no range, one of
 * another unit, and several ranges at once count as none: the whole content is always right.
 */
sealed interface RequestedRange {

  /** All of it. */
  record Whole() implements RequestedRange {}

  /** The bytes from the first to the last. */
  record Part(long first, long last) implements RequestedRange {}

  /** A part that is not there. */
  record BehindTheEnd() implements RequestedRange {}

  Pattern ONE = Pattern.compile("(?i)bytes=\\s*(\\d*)-(\\d*)\\s*");

  /** What the header asks for, of a content of this size. */
  static RequestedRange of(@Nullable String header, long size) {
    Matcher range = ONE.matcher(header == null ? "" : header);
    if (!range.matches() || (range.group(1) + range.group(2)).isEmpty()) {
      return new Whole();
    }
    long last = number(range.group(2));
    if (range.group(1).isEmpty()) {
      if (last == 0) {
        return new BehindTheEnd();
      }
      return size == 0 ? new Whole() : new Part(Math.max(0, size - last), size - 1);
    }
    long first = number(range.group(1));
    if (first > last) {
      return new Whole();
    }
    return first >= size ? new BehindTheEnd() : new Part(first, Math.min(last, size - 1));
  }

  private static long number(String digits) {
    String bare = digits.replaceFirst("^0+(?=\\d)", "");
    // What Java cannot count is behind the end of everything.
    return bare.length() > 18 || bare.isEmpty() ? Long.MAX_VALUE : Long.parseLong(bare);
  }
}
