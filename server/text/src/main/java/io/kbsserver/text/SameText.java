package io.kbsserver.text;

/** Texts that are the same but for upper and lower case, and in nothing else. */
public final class SameText {

  private static final int ASCII = 128;

  private SameText() {}

  /**
   * Whether two texts differ in case at most. A database finds more alike: letters with and without
   * accents, in full width, with blanks or control characters besides.
   */
  public static boolean exceptCase(String one, String other) {
    return folded(one).equals(folded(other));
  }

  private static String folded(String text) {
    return text.codePoints()
        .map(
            letter -> {
              int lower = Character.toLowerCase(letter);
              // The sign for Kelvin is no k.
              return letter < ASCII == lower < ASCII ? lower : letter;
            })
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
