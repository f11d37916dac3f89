package io.kbsserver.mail.incoming;

import io.kbsserver.mail.message.ReplyMarker;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of an answer what it quotes of our mail: from our line on, with what a mail program
 * writes above it to say whose words follow. Who answers below is understood as well, where the
 * program marks what it quotes.
 */
final class QuotedText {

  /** Signs of quoting, before or behind which there may be blanks. */
  private static final String SIGNS = "[>|\\s]*";

  private static final Pattern QUOTED = Pattern.compile("^\\s*[>|].*");

  /** {@code -----Original Message-----}, or a line of strokes. */
  private static final Pattern RULE = Pattern.compile("^[-_*]{2,}.{0,60}[-_*]{2,}$|^[-_]{5,}$");

  /** {@code From: Desk <desk@example.org>}, in any language. */
  private static final Pattern NAMED =
      Pattern.compile("^\\*{0,2}\\p{L}[\\p{L} .-]{0,25}\\s?[:：]\\*{0,2}(\\s.*)?$");

  /** A program says there who has written, and when. */
  private static final Pattern WHO_OR_WHEN = Pattern.compile(".*(@|\\d{1,2}[:.]\\d{2}|\\d{4}).*");

  private static final int LONGEST_HEADER = 5;
  private static final int LONGEST_LINE = 300;

  private QuotedText() {}

  /**
   * What is left of a text.
   *
   * @param cut whether something was quoted
   */
  record Unquoted(String text, boolean cut) {}

  /** Without what it quotes. */
  static Unquoted of(String text) {
    int marker = ReplyMarker.in(text);
    if (marker < 0) {
      return new Unquoted(text.strip(), false);
    }
    int lineStart = text.lastIndexOf('\n', marker) + 1;
    String above = above(text.substring(0, lineStart).lines().toList());
    boolean isMarked = QUOTED.matcher(text.substring(lineStart, marker)).matches();
    return new Unquoted(
        above.isEmpty() && isMarked ? below(text.substring(lineStart)) : above, true);
  }

  private static String below(String text) {
    return String.join("\n", text.lines().filter(line -> !QUOTED.matcher(line).matches()).toList())
        .strip();
  }

  private static String above(List<String> all) {
    List<String> lines = new ArrayList<>(all);
    dropBlank(lines);
    dropHeader(lines);
    dropBlank(lines);
    while (!lines.isEmpty() && RULE.matcher(bare(lines, 0)).matches()) {
      lines.remove(lines.size() - 1);
      dropBlank(lines);
    }
    return String.join("\n", lines).strip();
  }

  private static void dropBlank(List<String> lines) {
    while (!lines.isEmpty() && bare(lines, 0).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
  }

  /** A line from the end, without signs of quoting. */
  private static String bare(List<String> lines, int fromEnd) {
    String line = lines.get(lines.size() - 1 - fromEnd).replaceFirst("^" + SIGNS, "").strip();
    return line.substring(0, Math.min(line.length(), LONGEST_LINE));
  }

  private static void dropHeader(List<String> lines) {
    int named = 0;
    while (named < Math.min(LONGEST_HEADER + 1, lines.size())
        && NAMED.matcher(bare(lines, named)).matches()) {
      named++;
    }
    if (named > 1 && tells(lines, named)) {
      drop(lines, named);
      return;
    }
    int length = paragraph(lines);
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1).strip();
    if ((last.endsWith(":") || last.endsWith("：")) && length > 0) {
      // It may be broken over some lines, and stand right below what was written.
      for (int header = 1; header <= length; header++) {
        if (tells(lines, header) && begins(lines, header, length)) {
          drop(lines, header);
          return;
        }
      }
    }
  }

  /** Whether the header is all of the last paragraph, or begins a sentence in it. */
  private static boolean begins(List<String> lines, int header, int length) {
    return header == length || Character.isUpperCase(bare(lines, header - 1).codePointAt(0));
  }

  private static int paragraph(List<String> lines) {
    int length = 0;
    while (length < Math.min(LONGEST_HEADER, lines.size()) && !bare(lines, length).isEmpty()) {
      length++;
    }
    return length;
  }

  private static boolean tells(List<String> lines, int header) {
    StringBuilder all = new StringBuilder();
    for (int i = header - 1; i >= 0; i--) {
      all.append(bare(lines, i)).append(' ');
    }
    return WHO_OR_WHEN.matcher(all).matches();
  }

  private static void drop(List<String> lines, int count) {
    for (int i = 0; i < count; i++) {
      lines.remove(lines.size() - 1);
    }
  }
}
