package io.kbsserver.text;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

  /** What a browser reads as a character, in a text that nobody has put in order. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));?|&(colon|tab|newline);", Pattern.CASE_INSENSITIVE);

  /** A scheme that runs what follows; browsers pass over blanks and control characters in it. */
  private static final Pattern SCRIPT =
      Pattern.compile(
          "^[\\x00- ]*(?:" + spread("javascript") + "|" + spread("vbscript") + "):",
          Pattern.CASE_INSENSITIVE);

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

  /** The same address where it runs no script, and else what is left of it without the scheme. */
  static String withoutScript(String address) {
    String read = REFERENCE.matcher(address).replaceAll(Addresses::character);
    Matcher script = SCRIPT.matcher(read);
    if (!script.find()) {
      return address;
    }
    String rest = read;
    while (script.find(0)) {
      rest = rest.substring(script.end());
      script.reset(rest);
    }
    return PlainText.trim(rest)
        .replace("&", "&amp;")
        .replace("\"", "&quot;")
        .replace("'", "&#039;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  private static String spread(String scheme) {
    return scheme
        .chars()
        .mapToObj(Character::toString)
        .collect(Collectors.joining("[\\x00-\\x1F]*"));
  }

  private static String character(MatchResult reference) {
    if (reference.group(3) != null) {
      return reference.group(3).equalsIgnoreCase("colon") ? ":" : "";
    }
    int code =
        reference.group(1) != null
            ? Integer.parseInt(reference.group(1), 16)
            : Integer.parseInt(reference.group(2));
    return Matcher.quoteReplacement(
        Character.isValidCodePoint(code) ? Character.toString(code) : reference.group());
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
