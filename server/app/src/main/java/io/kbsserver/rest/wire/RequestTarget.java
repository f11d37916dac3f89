package io.kbsserver.rest.wire;

/**
 * The target of a request line as an address ought to be written. On the wire there may be raw
 * UTF-8, and much that PHP takes literally; behind this there are only the characters of RFC 3986,
 * and escapes of two digits. A byte that does not belong into a request line stays and is refused
 * by whoever reads the address.
 */
public final class RequestTarget {

  private static final String HEX = "0123456789ABCDEF";

  /** What stands for itself in a path and in a query, besides letters and digits. */
  private static final String LITERAL = "/?-._~!$&'()*,;=:@";

  private RequestTarget() {}

  /**
   * Escapes what has to be escaped. A plus sign is a blank in a query and itself in a path, where
   * some take it for a blank as well.
   *
   * @param raw the target, with one character for each byte
   */
  public static String escaped(String raw) {
    String target = origin(raw);
    StringBuilder result = new StringBuilder(target.length() + 16);
    int query = target.indexOf('?');
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      boolean blank = c == '+' && query >= 0 && i > query;
      if (blank || isLiteral(c) || isControl(c) || isEscape(target, i)) {
        result.append(c);
      } else {
        result.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
      }
    }
    return result.toString();
  }

  /** Path and query of a target; who is asked stands in the Host header. */
  private static String origin(String target) {
    if (target.startsWith("//")) {
      // Else this would be an address without a scheme, and its first part a host.
      return "/%2F" + target.substring(2);
    }
    int start = target.indexOf("://");
    if (start <= 0 || !target.substring(0, start).chars().allMatch(Character::isLetter)) {
      return target;
    }
    for (int i = start + 3; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '/' || c == '?') {
        return c == '/' ? target.substring(i) : "/" + target.substring(i);
      }
    }
    return "/";
  }

  private static boolean isLiteral(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || LITERAL.indexOf(c) >= 0;
  }

  private static boolean isControl(char c) {
    return c < ' ' || c == 0x7F;
  }

  private static boolean isEscape(String target, int at) {
    return target.charAt(at) == '%'
        && at + 2 < target.length()
        && isHex(target.charAt(at + 1))
        && isHex(target.charAt(at + 2));
  }

  private static boolean isHex(char c) {
    return c < 0x80 && Character.digit(c, 16) >= 0;
  }
}
