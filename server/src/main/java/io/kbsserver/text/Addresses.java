package io.kbsserver.text;

import java.util.Locale;
import java.util.Set;

/**
 * Takes schemes off addresses that a browser might execute.
 *
 * <p>The address is looked at in the form that {@link CharacterReferences} leaves, in which a
 * browser decodes exactly the references that are decoded here.
 */
final class Addresses {

  private static final Set<String> SCHEMES =
      Set.of(
          "http", "https", "ftp", "ftps", "mailto", "news", "irc", "irc6", "ircs", "gopher", "nntp",
          "feed", "telnet", "mms", "rtsp", "sms", "svn", "tel", "fax", "xmpp", "webcal", "urn");

  private static final int MOST_SCHEMES = 6;

  private Addresses() {}

  /** The address itself, what is left of it without bad schemes, or nothing at all. */
  static String withoutBadScheme(String address) {
    String rest = PlainText.trim(address);
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < MOST_SCHEMES; i++) {
      int colon = endOfColon(rest, 0, true);
      if (colon < 0) {
        return kept + rest;
      }
      int behind = endOfColon(rest, colon, false);
      String scheme = decoded(rest.substring(0, colon));
      if (scheme.indexOf('/') >= 0 || scheme.indexOf('?') >= 0 || scheme.indexOf('#') >= 0) {
        // The colon is part of a path, a query or a fragment; a scheme ends before any of these.
        return kept + rest;
      }
      rest = PlainText.trim(rest.substring(behind));
      if (SCHEMES.contains(scheme)) {
        kept.append(scheme).append(':');
        if (!scheme.equals("feed")) {
          return kept + rest;
        }
        // What follows feed: may be an address with a scheme of its own.
      }
    }
    return "";
  }

  /** With {@code find}, where the first colon starts from there on; else where it ends. */
  private static int endOfColon(String text, int from, boolean find) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      int length =
          c == ':' ? 1 : c == '&' && codePoint(text, i) == ':' ? referenceLength(text, i) : 0;
      if (length > 0) {
        return find ? i : i + length;
      }
    }
    return -1;
  }

  /** What a browser reads: references decoded; it ignores white space and control characters. */
  private static String decoded(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int c = text.charAt(i);
      int length = 1;
      if (c == '&' && codePoint(text, i) >= 0) {
        c = codePoint(text, i);
        length = referenceLength(text, i);
      }
      if (c > ' ' && !(c >= 0x7F && c <= 0xA0)) {
        out.appendCodePoint(c);
      }
      i += length;
    }
    return out.toString().toLowerCase(Locale.ROOT);
  }

  private static int referenceLength(String text, int at) {
    return text.indexOf(';', at) + 1 - at;
  }

  /** The code point of the numeric reference there, or -1. */
  private static int codePoint(String text, int at) {
    return text.startsWith("&#", at) ? CharacterReferences.codePoint(text, at) : -1;
  }
}
