package io.kbsserver.text;

/** Makes sure that each {@code &} starts a character reference that everyone reads alike. */
final class CharacterReferences {

  /** More digits than this never name a character. */
  private static final int MOST_DIGITS = 7;

  /** What the codes 128 to 159 mean where Windows-1252 was taken for Latin-1; 0 for nothing. */
  private static final int[] WINDOWS = {
    8364, 0, 8218, 402, 8222, 8230, 8224, 8225, 710, 8240, 352, 8249, 338, 0, 381, 0, 0, 8216, 8217,
    8220, 8221, 8226, 8211, 8212, 732, 8482, 353, 8250, 339, 0, 382, 376
  };

  private CharacterReferences() {}

  static String normalised(String text) {
    if (text.indexOf('&') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c != '&') {
        out.append(c);
        i++;
        continue;
      }
      String reference = at(text, i);
      if (reference.isEmpty()) {
        out.append("&amp;");
        i++;
      } else {
        out.append(reference);
        i = text.indexOf(';', i) + 1;
      }
    }
    return out.toString();
  }

  /** The normal form of the reference at that place, or an empty string. */
  private static String at(String text, int at) {
    if (text.startsWith("&#", at)) {
      int code = codePoint(text, at);
      if (code < 0) {
        return "";
      }
      boolean hex = text.charAt(at + 2) == 'x' || text.charAt(at + 2) == 'X';
      if (hex) {
        String digits = text.substring(at + 3, text.indexOf(';', at));
        int zeros = 0;
        while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
          zeros++;
        }
        return "&#x" + digits.substring(zeros) + ";";
      }
      return (code < 10 ? "&#00" : code < 100 ? "&#0" : "&#") + code + ";";
    }
    int length = Markup.referenceLength(text, at);
    String name = length > 0 ? text.substring(at + 1, at + length - 1) : "";
    return AllowedMarkup.reference(name) ? "&" + name + ";" : "";
  }

  /** The code point that the numeric reference at that place stands for, or -1. */
  static int codePoint(String text, int at) {
    int i = at + 2;
    int radix = 10;
    if (i < text.length() && (text.charAt(i) == 'x' || text.charAt(i) == 'X')) {
      radix = 16;
      i++;
    }
    int digits = i;
    while (i < text.length() && text.charAt(i) == '0') {
      i++;
    }
    int significant = i;
    int code = 0;
    while (i < text.length() && i - significant <= MOST_DIGITS) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        break;
      }
      code = code * radix + digit;
      i++;
    }
    boolean complete =
        i > digits && i - significant <= MOST_DIGITS && i < text.length() && text.charAt(i) == ';';
    return complete && isCharacter(code) ? code : -1;
  }

  private static boolean isCharacter(int code) {
    return code == '\t'
        || code == '\n'
        || code == '\r'
        || code >= 0x20 && code <= 0xD7FF
        || code >= 0xE000 && code <= 0xFFFD
        || code >= 0x10000 && code <= 0x10FFFF;
  }

  /** Replaces references to control characters by the ones that were meant. */
  static String withoutWindowsCodes(String text) {
    if (!text.contains("&#1")) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      boolean numeric = text.startsWith("&#1", i) && text.startsWith(";", i + 5);
      int code = numeric ? codePoint(text, i) : -1;
      if (code >= 128 && code < 160) {
        int meant = WINDOWS[code - 128];
        out.append(meant == 0 ? "" : "&#" + meant + ";");
        i += 6;
      } else {
        out.append(text.charAt(i));
        i++;
      }
    }
    return out.toString();
  }
}
