package io.kbsserver.text;

/** The comments with which WordPress' block editor delimits its blocks. */
final class Blocks {

  private static final String OPENING = "<!-- wp:";

  private Blocks() {}

  /** Whether a text was written with the block editor and so has its paragraphs already. */
  static boolean present(String html) {
    return html.contains(OPENING);
  }

  /** Drops the delimiters and keeps all that is between them. */
  static String dropDelimiters(String html) {
    StringBuilder out = new StringBuilder(html.length());
    for (Markup.Piece piece : Markup.split(html)) {
      if (piece.kind() != Markup.PieceKind.COMMENT || !isDelimiter(piece.text())) {
        out.append(piece.text());
      }
    }
    return out.toString();
  }

  private static boolean isDelimiter(String comment) {
    if (!comment.endsWith("-->")) {
      return false;
    }
    int i = 4;
    while (i < comment.length() && Markup.isSpace(comment.charAt(i))) {
      i++;
    }
    boolean spaced = i > 4;
    if (i < comment.length() && comment.charAt(i) == '/') {
      i++;
    }
    boolean named = i + 3 < comment.length() && Markup.isLetter(comment.charAt(i + 3));
    return spaced && named && comment.startsWith("wp:", i);
  }
}
