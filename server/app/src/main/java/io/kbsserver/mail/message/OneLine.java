package io.kbsserver.mail.message;

import java.util.regex.Pattern;

/** Texts as they may stand in the header of a mail, where a line break begins another one. */
final class OneLine {

  /**
   * Those that turn the direction of writing among them, which make a subject look like another.
   */
  private static final Pattern CONTROLS =
      Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+");

  private static final int LONGEST = 400;

  private OneLine() {}

  /** The text in one line that is not too long. */
  static String of(String text) {
    String line = CONTROLS.matcher(text).replaceAll(" ").replaceAll(" {2,}", " ").strip();
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "\u2026";
  }

  /** Whether it is one. */
  static boolean is(String text) {
    return text.codePoints().noneMatch(Character::isISOControl);
  }
}
