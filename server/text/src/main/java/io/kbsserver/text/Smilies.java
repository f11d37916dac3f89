package io.kbsserver.text;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Turns typed smilies that stand by themselves into emoji characters. */
final class Smilies {

  private static final Set<String> VERBATIM = Set.of("pre", "code", "style", "script", "textarea");

  private static final Map<String, String> EMOJI = new HashMap<>();
  private static final int LONGEST = 9;

  static {
    put("\uD83D\uDE42", ":)", ":-)", ":smile:");
    put("\uD83D\uDE41", ":(", ":-(", ":sad:");
    put("\uD83D\uDE09", ";)", ";-)", ":wink:");
    put("\uD83D\uDE00", ":D", ":-D", ":grin:");
    put("\uD83D\uDE1B", ":P", ":-P", ":razz:");
    put("\uD83D\uDE2E", ":o", ":-o", ":eek:");
    put("\uD83D\uDE21", ":x", ":-x", ":mad:");
    put("\uD83D\uDE10", ":|", ":-|", ":neutral:");
    put("\uD83D\uDE15", ":?", ":-?", ":???:");
    put("\uD83D\uDE0E", "8-)", ":cool:");
    put("\uD83D\uDE2F", "8O", "8-O", ":shock:");
    put("\uD83D\uDE25", ":cry:");
    put("\uD83D\uDE06", ":lol:");
    put("\uD83D\uDE33", ":oops:");
    put("\uD83D\uDE44", ":roll:");
    put("\uD83D\uDC7F", ":evil:");
    put("\uD83D\uDE08", ":twisted:");
    put("\uD83D\uDCA1", ":idea:");
    put("\u27A1", ":arrow:");
    put("\u2757", ":!:");
    put("\u2753", ":?:");
  }

  private Smilies() {}

  private static void put(String emoji, String... typed) {
    for (String t : typed) {
      EMOJI.put(t, emoji);
    }
  }

  static String apply(String html) {
    if (html.indexOf(':') < 0 && html.indexOf(';') < 0 && html.indexOf('8') < 0) {
      return html;
    }
    StringBuilder out = new StringBuilder(html.length() + 16);
    StringBuilder text = new StringBuilder();
    String verbatim = "";
    for (Markup.Piece piece : Markup.split(html)) {
      if (isText(piece)) {
        text.append(piece.text());
        continue;
      }
      writeText(text, verbatim, out);
      if (piece.kind() == Markup.PieceKind.TAG) {
        String name = piece.name();
        if (!verbatim.isEmpty()) {
          verbatim = piece.isClosingTag() && name.equals(verbatim) ? "" : verbatim;
        } else if (!piece.isClosingTag() && VERBATIM.contains(name)) {
          verbatim = name;
        }
      }
      out.append(piece.text());
    }
    writeText(text, verbatim, out);
    return out.toString();
  }

  /** A {@code <} that nothing closes in its line is just a character here. */
  private static boolean isText(Markup.Piece piece) {
    return piece.kind() == Markup.PieceKind.TEXT
        || piece.isUnclosed()
        || piece.text().indexOf('\n') >= 0;
  }

  private static void writeText(StringBuilder text, String verbatim, StringBuilder out) {
    if (verbatim.isEmpty()) {
      replaceWords(text.toString(), out);
    } else {
      out.append(text);
    }
    text.setLength(0);
  }

  private static void replaceWords(String text, StringBuilder out) {
    int i = 0;
    while (i < text.length()) {
      int space = spaceLength(text, i);
      if (space > 0) {
        out.append(text, i, i + space);
        i += space;
        continue;
      }
      int end = i;
      while (end < text.length() && spaceLength(text, end) == 0) {
        end++;
      }
      String word = text.substring(i, end);
      out.append(word.length() <= LONGEST ? EMOJI.getOrDefault(word, word) : word);
      i = end;
    }
  }

  private static int spaceLength(String text, int at) {
    if (Typography.isSpace(text.charAt(at))) {
      return 1;
    }
    return text.startsWith("&nbsp;", at) ? 6 : 0;
  }
}
