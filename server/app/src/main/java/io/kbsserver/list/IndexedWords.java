package io.kbsserver.list;

import java.lang.Character.UnicodeBlock;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words of a text as an index of words has them: runs of letters, digits and {@code _}. Only
 * those of which it is certain that the databases part them alike; scripts without blanks between
 * words are not among them.
 */
public final class IndexedWords {

  private static final Pattern RUN = Pattern.compile("[\\p{L}\\p{M}\\p{N}_'’]+");
  private static final Set<UnicodeBlock> BLOCKS =
      Set.of(
          UnicodeBlock.BASIC_LATIN,
          UnicodeBlock.LATIN_1_SUPPLEMENT,
          UnicodeBlock.LATIN_EXTENDED_A,
          UnicodeBlock.LATIN_EXTENDED_B,
          UnicodeBlock.LATIN_EXTENDED_ADDITIONAL,
          UnicodeBlock.GREEK,
          UnicodeBlock.CYRILLIC);

  /** Letters among these that databases do not know for such. */
  private static final String NEWER = "\u03cf\u1e9e";

  /** Longer ones are not in it. */
  private static final int LONGEST = 84;

  /**
   * Words that the databases leave out, and WordPress does not; in quotes they are searched for.
   */
  private static final Set<String> LEFT_OUT = Set.of("de", "en", "la", "und");

  private IndexedWords() {}

  /**
   * What the words begin with that a text has, if it begins with a word.
   *
   * @param shortest so many characters have the shortest words that are in the index
   */
  public static List<String> of(String text, int shortest) {
    return RUN.matcher(text)
        .results()
        .map(run -> run.group())
        .filter(
            run ->
                run.length() >= shortest
                    && run.length() <= LONGEST
                    && !isLeftOut(run)
                    && run.chars().allMatch(IndexedWords::isIndexed))
        .toList();
  }

  /** Or begins one. */
  private static boolean isLeftOut(String begun) {
    String folded =
        Normalizer.normalize(begun, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT);
    return Stream.concat(LEFT_OUT.stream(), SearchTerms.STOP_WORDS.stream())
        .anyMatch(word -> word.startsWith(folded));
  }

  private static boolean isIndexed(int character) {
    int type = Character.getType(character);
    boolean isLetter = type == Character.LOWERCASE_LETTER || type == Character.UPPERCASE_LETTER;
    return character == '_'
        || character >= '0' && character <= '9'
        || isLetter && BLOCKS.contains(UnicodeBlock.of(character)) && NEWER.indexOf(character) < 0;
  }
}
