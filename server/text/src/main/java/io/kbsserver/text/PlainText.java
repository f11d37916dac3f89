package io.kbsserver.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules for short texts without markup: names, first letters and e-mail addresses. */
public final class PlainText {

  private static final int SHORTEST_EMAIL = 6;
  private static final int LONGEST_EMAIL = 254;
  private static final String LOCAL_SPECIALS = "!#$%&'*+/=?^_`{|}~.-";

  private static final Pattern SLASHED = Pattern.compile("\\\\(.?)", Pattern.DOTALL);

  private PlainText() {}

  /**
   * Makes one line of plain text: tags are removed (scripts and styles with what they contain), a
   * run of white space becomes one space and there is none at either end.
   *
   * @param s any text
   * @return the text in one line
   */
  public static String name(String s) {
    return cleanName(s).text();
  }

  /**
   * Makes one line of plain text as {@link #name} does, and says whether all of the text is in it.
   *
   * @param s any text
   * @return the text in one line
   */
  public static Cleaned cleanName(String s) {
    Cleaned untagged = s.indexOf('<') < 0 ? new Cleaned(s, true) : withoutTags(s);
    String text = untagged.text();
    boolean whole = untagged.whole();
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
      if (!space) {
        out.append(c);
      } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
        out.append(' ');
      }
      whole &= !dropPercentCode(out);
    }
    return new Cleaned(trim(out.toString()), whole);
  }

  /**
   * Upper-cases the first letter if it is one of a to z; letters beyond those stay as they are.
   *
   * @param s any text
   * @return the text with a capital letter
   */
  public static String capitalised(String s) {
    if (s.isEmpty() || s.charAt(0) < 'a' || s.charAt(0) > 'z') {
      return s;
    }
    return (char) (s.charAt(0) - 'a' + 'A') + s.substring(1);
  }

  /**
   * Removes white space and NUL characters from both ends, and nothing else.
   *
   * @param s any text
   * @return the text without them
   */
  public static String trim(String s) {
    int from = 0;
    int to = s.length();
    while (from < to && isTrimmed(s.charAt(from))) {
      from++;
    }
    while (to > from && isTrimmed(s.charAt(to - 1))) {
      to--;
    }
    return s.substring(from, to);
  }

  /**
   * So many characters of a text at most.
   *
   * @param s any text
   * @return its beginning; no character of two units is cut in half
   */
  public static String start(String s, int characters) {
    return s.codePointCount(0, s.length()) <= characters
        ? s
        : s.substring(0, s.offsetByCodePoints(0, characters));
  }

  /**
   * Whether a text is an e-mail address that the help desk takes: ASCII only, with at least two
   * labels in its host name, from 6 up to 254 characters.
   *
   * @param s any text
   * @return true if it is an address
   */
  public static boolean isEmail(String s) {
    int at = s.indexOf('@', 1);
    if (s.length() < SHORTEST_EMAIL || s.length() > LONGEST_EMAIL || at < 0) {
      return false;
    }
    for (int i = 0; i < at; i++) {
      char c = s.charAt(i);
      if (!Markup.isLetter(c) && !Markup.isDigit(c) && LOCAL_SPECIALS.indexOf(c) < 0) {
        return false;
      }
    }
    String[] labels = s.substring(at + 1).split("\\.", -1);
    for (String label : labels) {
      if (!isLabel(label)) {
        return false;
      }
    }
    return labels.length >= 2;
  }

  private static boolean isLabel(String label) {
    for (int i = 0; i < label.length(); i++) {
      if (!Markup.isNameChar(label.charAt(i))) {
        return false;
      }
    }
    return !label.isEmpty() && !label.startsWith("-") && !label.endsWith("-");
  }

  private static boolean isTrimmed(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0' || c == '\u000B';
  }

  /** Percent codes are removed even where removing one makes another. */
  private static boolean dropPercentCode(StringBuilder out) {
    int start = out.length() - 3;
    boolean code =
        start >= 0
            && out.charAt(start) == '%'
            && isHex(out.charAt(start + 1))
            && isHex(out.charAt(start + 2));
    if (code) {
      out.setLength(start);
    }
    return code;
  }

  private static boolean isHex(char c) {
    return c < 128 && Character.digit(c, 16) >= 0;
  }

  private static Cleaned withoutTags(String s) {
    boolean whole = true;
    StringBuilder out = new StringBuilder(s.length());
    List<Markup.Piece> pieces = Markup.split(Sanitizer.escapeLooseLessThan(s));
    Set<String> unclosed = new HashSet<>();
    for (int i = 0; i < pieces.size(); i++) {
      Markup.Piece piece = pieces.get(i);
      if (piece.kind() == Markup.PieceKind.TEXT || isCharacter(piece)) {
        out.append(piece.text());
        continue;
      }
      whole = false;
      if (isHiding(piece.name()) && !piece.isClosingTag()) {
        // Without an end, only the tag itself goes.
        int end = unclosed.contains(piece.name()) ? pieces.size() : end(pieces, i);
        if (end < pieces.size()) {
          i = end;
        } else {
          unclosed.add(piece.name());
        }
      }
    }
    return new Cleaned(out.toString(), whole);
  }

  /** A space behind a {@code <} makes it a character. */
  private static boolean isCharacter(Markup.Piece piece) {
    return piece.text().length() > 1 && Markup.isSpace(piece.text().charAt(1));
  }

  private static int end(List<Markup.Piece> pieces, int opening) {
    int end = opening + 1;
    String tag = "</" + pieces.get(opening).name() + ">";
    while (end < pieces.size() && !pieces.get(end).text().equalsIgnoreCase(tag)) {
      end++;
    }
    return end;
  }

  private static boolean isHiding(String name) {
    return name.equals("script") || name.equals("style");
  }

  /** The text that PHP has put backslashes into, or that it takes for such a one. */
  public static String unslashed(String text) {
    return SLASHED.matcher(text).replaceAll("$1");
  }
}
