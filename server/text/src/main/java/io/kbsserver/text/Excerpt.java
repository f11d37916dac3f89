package io.kbsserver.text;

import java.util.List;

/** What WordPress shows of a text that has no excerpt of its own: its first words. */
public final class Excerpt {

  private static final int WORDS = 55;
  private static final String MORE = " [&hellip;]";

  private Excerpt() {}

  /**
   * The first words of a text.
   *
   * @param html the text as it is shown
   */
  public static String of(String html) {
    StringBuilder text = new StringBuilder(html.length());
    for (Markup.Piece piece : Markup.split(html)) {
      if (piece.kind() == Markup.PieceKind.TEXT) {
        text.append(piece.text());
      }
    }
    List<String> words = List.of(text.toString().strip().split("[\\n\\r\\t ]+"));
    return words.size() > WORDS
        ? String.join(" ", words.subList(0, WORDS)) + MORE
        : String.join(" ", words);
  }
}
