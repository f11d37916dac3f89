package io.kbsserver.rest.address;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address under which clients know this server.
 *
 * @param origin scheme, host and port
 * @param path the path below which everything stands: empty, or with a slash at its start only
 */
public record PublicUrl(String origin, String path) {

  private static final Pattern SYNTAX =
      Pattern.compile("(https?)://([^/?#]+)(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern PATH =
      Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))(?:[A-Za-z0-9._~!$&*+=:@-]|%[0-9A-Fa-f]{2})+)*");
  private static final int LONGEST_PATH = 255;

  /** Reads one as an operator writes it; says what is wrong with it where it is none. */
  public static PublicUrl parse(String text) {
    Matcher matcher = SYNTAX.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "is no address such as https://help.example.com/desk: " + text.strip());
    }
    String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
    String origin =
        Authority.parse(matcher.group(2))
            .map(authority -> origin(scheme, authority))
            .orElseThrow(() -> new IllegalArgumentException("names no host: " + matcher.group(2)));
    String path =
        path(matcher.group(3))
            .orElseThrow(
                () -> new IllegalArgumentException("has no plain path: " + matcher.group(3)));
    if (path.endsWith("/wp-json")) {
      throw new IllegalArgumentException(
          "is the address of the site, without /wp-json: " + text.strip());
    }
    return new PublicUrl(origin, path);
  }

  private static String origin(String scheme, Authority authority) {
    boolean usual = authority.port() == (scheme.equals("https") ? 443 : 80);
    String port = authority.port() == 0 || usual ? "" : ":" + authority.port();
    return scheme + "://" + authority.host() + port;
  }

  /** A path without slashes at its end; nothing where it is none. */
  static Optional<String> path(String text) {
    if (text.length() > LONGEST_PATH) {
      return Optional.empty();
    }
    String path = text.replaceFirst("/+$", "");
    return PATH.matcher(path).matches() ? Optional.of(path) : Optional.empty();
  }

  @Override
  public String toString() {
    return origin + path;
  }
}
