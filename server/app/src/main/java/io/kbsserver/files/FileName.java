package io.kbsserver.files;

/** What files are called here: what a client sent, without what a name of a file cannot be. */
public final class FileName {

  private static final int LONGEST = 200;
  private static final int LONGEST_ENDING = 20;
  private static final String NAMELESS = "file";

  /** Separate folders, mean something to systems that files are saved on, or begin a tag. */
  private static final String NOT_IN_NAMES = "<>:\"|?*";

  private static final int JOINER = 0x200D;
  private static final int NON_JOINER = 0x200C;
  private static final int NO_TEXT = 0xFFFD;

  private FileName() {}

  /** A name that is safe to show, to save under, and to put into a header. */
  public static String of(String sent) {
    String last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
    StringBuilder name = new StringBuilder();
    last.codePoints()
        .filter(FileName::isSeen)
        .forEach(point -> name.appendCodePoint(NOT_IN_NAMES.indexOf(point) >= 0 ? '_' : point));
    // Neither hidden, nor a folder, nor cut off by Windows.
    String plain = name.toString().replaceFirst("^[\\s.]+", "").replaceFirst("[\\s.]+$", "");
    return plain.isEmpty() ? NAMELESS : shortened(plain);
  }

  /** What stands behind the last dot, in small letters; empty where there is none. */
  static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(java.util.Locale.ROOT);
  }

  /** The name without its ending, as WordPress makes titles of names. */
  public static String title(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  /** Neither breaks lines, nor turns the direction of what follows, nor is half a character. */
  private static boolean isSeen(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> point == JOINER || point == NON_JOINER;
      default -> point != NO_TEXT;
    };
  }

  private static String shortened(String name) {
    int length = name.codePointCount(0, name.length());
    if (length <= LONGEST) {
      return name;
    }
    String ending = ending(name);
    int dot = name.lastIndexOf('.');
    boolean kept = !ending.isEmpty() && ending.length() <= LONGEST_ENDING;
    String end = kept ? name.substring(dot) : "";
    int room = LONGEST - end.codePointCount(0, end.length());
    return name.substring(0, name.offsetByCodePoints(0, room)) + end;
  }
}
