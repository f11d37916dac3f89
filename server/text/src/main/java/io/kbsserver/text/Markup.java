package io.kbsserver.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a string into text, tags and comments.
 *
 * <p>This is deliberately not an HTML parser. The pieces always add up to the input, whatever it
 * is, and a tag is simply everything from a {@code <} to the next {@code >}, quoted or not: that is
 * the notion of a tag on which the rendered texts of the reference site rest, and it needs no
 * looking back, so it stays linear.
 */
final class Markup {

  enum PieceKind {
    TEXT,
    TAG,
    COMMENT
  }

  /** One piece of the input. */
  record Piece(PieceKind kind, String text) {

    /** Whether this is a tag that the end of the input cut off. */
    boolean isUnclosed() {
      return kind == PieceKind.TAG && text.charAt(text.length() - 1) != '>';
    }

    boolean isClosingTag() {
      return kind == PieceKind.TAG && text.length() > 1 && text.charAt(1) == '/';
    }

    /** The element's name in lower case, empty for anything that is not a tag. */
    String name() {
      if (kind != PieceKind.TAG) {
        return "";
      }
      int from = isClosingTag() ? 2 : 1;
      int to = from;
      while (to < text.length() && isNameChar(text.charAt(to))) {
        to++;
      }
      return text.substring(from, to).toLowerCase(Locale.ROOT);
    }
  }

  private Markup() {}

  static List<Piece> split(String html) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    while (at < html.length()) {
      int open = html.indexOf('<', at);
      if (open < 0) {
        pieces.add(new Piece(PieceKind.TEXT, html.substring(at)));
        break;
      }
      if (open > at) {
        pieces.add(new Piece(PieceKind.TEXT, html.substring(at, open)));
      }
      boolean comment = html.startsWith("<!--", open);
      int end = comment ? endOfComment(html, open) : endOfTag(html, open);
      pieces.add(new Piece(comment ? PieceKind.COMMENT : PieceKind.TAG, html.substring(open, end)));
      at = end;
    }
    return pieces;
  }

  /** The index behind the comment that opens at {@code open}. */
  static int endOfComment(String html, int open) {
    int close = html.indexOf("-->", open + 4);
    return close < 0 ? html.length() : close + 3;
  }

  /** The index behind the tag that opens at {@code open}. */
  static int endOfTag(String html, int open) {
    int close = html.indexOf('>', open);
    return close < 0 ? html.length() : close + 1;
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\u000B';
  }

  static boolean isBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isSpace(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  static boolean isNameChar(char c) {
    return isLetter(c) || isDigit(c) || c == '-';
  }

  /** Length of the character reference that starts at the {@code &}, or 0 if there is none. */
  static int referenceLength(String text, int at) {
    int i = at + 1;
    if (i < text.length() && text.charAt(i) == '#') {
      i++;
      boolean hex = i < text.length() && (text.charAt(i) == 'x' || text.charAt(i) == 'X');
      if (hex) {
        i++;
      }
      int digits = i;
      while (i < text.length()
          && (hex
              ? Character.digit(text.charAt(i), 16) >= 0 && text.charAt(i) < 128
              : isDigit(text.charAt(i)))) {
        i++;
      }
      return i > digits && i < text.length() && text.charAt(i) == ';' ? i + 1 - at : 0;
    }
    int letters = i;
    while (i < text.length()
        && i - letters <= 8
        && (isLetter(text.charAt(i)) || text.charAt(i) >= '1' && text.charAt(i) <= '4')) {
      i++;
    }
    boolean complete = i > letters && i - letters <= 8;
    return complete && i < text.length() && text.charAt(i) == ';' ? i + 1 - at : 0;
  }

  /** Writes every {@code &} that starts no character reference as one. */
  static String escapeLooseAmpersands(String text) {
    if (text.indexOf('&') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '&' && referenceLength(text, i) == 0) {
        out.append("&#038;");
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
