package io.kbsserver.text;

import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes of a name what stands for it in addresses. */
public final class Slug {

  /** So many characters a slug has at most. */
  public static final int LONGEST = 200;

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern REFERENCE = Pattern.compile("&[^;\\s]{1,20};");

  /** A character, which may be percent-encoded already. */
  private static final Pattern SIGN =
      Pattern.compile("%[0-9a-f]{2}(?:%[89ab][0-9a-f]){0,3}|.", Pattern.DOTALL);

  private static final Pattern BREAKS = Pattern.compile("[\\s./\\u2013\\u2014-]+");

  /** Latin letters that are no other letter with a mark. */
  private static final Map<Integer, String> LATIN =
      Map.of(
          (int) 'ß', "s", (int) 'æ', "ae", (int) 'œ', "oe", (int) 'ø', "o", (int) 'đ', "d",
          (int) 'ð', "d", (int) 'þ', "th", (int) 'ł', "l", (int) 'ı', "i", (int) 'ħ', "h");

  private Slug() {}

  /**
   * The slug of a name: lower case without accents, what parts words is a hyphen, other punctuation
   * is left out, and what is not Latin is percent-encoded.
   *
   * @param name a name, in which character references are left out, too
   * @return at most {@link #LONGEST} characters; none where nothing of the name is left
   */
  public static String of(String name) {
    return of(name, LONGEST);
  }

  /** The same, with at most so many characters. */
  public static String of(String name, int longest) {
    String lower = REFERENCE.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    String parted = BREAKS.matcher(lower).replaceAll("-");
    StringBuilder slug = new StringBuilder();
    Matcher signs = SIGN.matcher(Normalizer.normalize(parted, Normalizer.Form.NFC));
    while (signs.find()) {
      String part = signs.end() - signs.start() > 2 ? signs.group() : part(signs.group());
      boolean twoHyphens =
          part.equals("-") && (slug.isEmpty() || slug.charAt(slug.length() - 1) == '-');
      if (slug.length() + part.length() <= longest && !twoHyphens) {
        slug.append(part);
      } else if (!twoHyphens) {
        break;
      }
    }
    return slug.toString().replaceAll("-+$", "");
  }

  private static String part(String sign) {
    int c = sign.codePointAt(0);
    if (c < 128) {
      return c == '-' || c == '_' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
          ? Character.toString(c)
          : "";
    }
    if (UnicodeScript.of(c) == UnicodeScript.LATIN) {
      String plain =
          MARKS
              .matcher(Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD))
              .replaceAll("");
      String known = LATIN.get(plain.codePointAt(0));
      return known != null ? known : plain.codePointAt(0) < 128 ? plain : encoded(c);
    }
    return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK
        ? encoded(c)
        : "";
  }

  private static String encoded(int c) {
    StringBuilder encoded = new StringBuilder();
    for (byte part : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
      encoded.append('%').append(Integer.toHexString(part & 0xff));
    }
    return encoded.toString();
  }
}
