package io.kbsserver.rest.download;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The header of this name (RFC 6266), which has browsers keep a file and not show it. */
final class ContentDisposition {

  /** What no system takes as a part of a name, and what nobody sees. */
  private static final Pattern UNSUITABLE =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\\\/:*?\"<>|]");

  /** What clients misread between quotes, be it that they decode it. */
  private static final Pattern NOT_PLAIN = Pattern.compile("[^ -~]|%");

  private static final String UNESCAPED = "!#$&+-.^_`|~";
  private static final int LONGEST = 200;

  private ContentDisposition() {}

  /** Of a file that may be kept under this name. */
  static String attachment(String given) {
    String name = UNSUITABLE.matcher(given).replaceAll("_").strip();
    if (name.codePointCount(0, name.length()) > LONGEST) {
      // The end tells what it is.
      name = name.substring(name.offsetByCodePoints(name.length(), -LONGEST));
    }
    if (name.isEmpty()) {
      return "attachment";
    }
    String plain = NOT_PLAIN.matcher(name).replaceAll("_");
    String header = "attachment; filename=\"" + plain + '"';
    return plain.equals(name) ? header : header + "; filename*=UTF-8''" + escaped(name);
  }

  /** As RFC 8187 has it. */
  private static String escaped(String name) {
    StringBuilder escaped = new StringBuilder();
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (octet & 0xff);
      boolean alphanumeric = character < 0x80 && Character.isLetterOrDigit(character);
      if (alphanumeric || UNESCAPED.indexOf(character) >= 0) {
        escaped.append(character);
      } else {
        escaped.append("%%%02X".formatted((int) character));
      }
    }
    return escaped.toString();
  }
}
