package io.kbsserver.compare;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that changes nothing.
 *
 * @param method GET, HEAD or OPTIONS
 * @param path path and query: below {@code /wp-json}, or of the site's front page with its route as
 *     a parameter, {@code /?rest_route=/kbs/v1/tickets}
 * @param headers further headers
 * @param login who asks, null for nobody
 */
public record ReadRequest(
    String method, String path, Map<String, String> headers, @Nullable Login login) {

  private static final String ROUTES = "/wp-json";

  /** Addresses of routes that work whatever the permalinks of a site look like. */
  private static final Pattern ON_THE_FRONT_PAGE =
      Pattern.compile(
          "/(?:index\\.php)?\\?(?:[^#]*&)?rest_route=.*|/index\\.php" + ROUTES + "(?:[/?].*)?");

  private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS");
  private static final Pattern OTHER_FOLDER =
      Pattern.compile("[^?]*/(?:\\.|%2e){1,2}(?:[/?].*)?", Pattern.CASE_INSENSITIVE);

  /**
   * A request.
   *
   * @throws IllegalArgumentException if there is no such path
   */
  public ReadRequest {
    path = belowRoutes(EncodedTarget.of(path));
    headers = Map.copyOf(headers);
  }

  /** One without headers of its own. */
  static ReadRequest get(String path, @Nullable Login login) {
    return new ReadRequest("GET", path, Map.of(), login);
  }

  /** Whether requests with this method read, unless they ask for another one. */
  static boolean isRead(String method) {
    return METHODS.contains(method);
  }

  /**
   * Whether a request asks to be taken for one with another method. PHP takes a dot or a space in
   * the name of a parameter for an underscore.
   */
  boolean asksForAnotherMethod() {
    int query = path.indexOf('?');
    return headers.keySet().stream().anyMatch("X-HTTP-Method-Override"::equalsIgnoreCase)
        || query >= 0
            && Arrays.stream(path.substring(query + 1).split("[&;]"))
                .map(parameter -> parameter.split("=", 2)[0])
                .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8).stripLeading())
                .map(name -> name.toLowerCase(Locale.ROOT).replaceAll("[. ]", "_"))
                .anyMatch(name -> name.startsWith("_method"));
  }

  /** Method and path. */
  public String line() {
    return method + " " + path;
  }

  /** Whether it names its route by itself, and is to be sent to the site's front page as it is. */
  boolean isOnTheFrontPage() {
    return ON_THE_FRONT_PAGE.matcher(path).matches();
  }

  /** Method and path as those that mean the same without {@code rest_route}. */
  String route() {
    return method + " " + RouteParameter.resolved(path);
  }

  /** The request with its sender. */
  String title() {
    return line() + " as " + (login == null ? "nobody" : login);
  }

  private static String belowRoutes(String target) {
    boolean complete =
        target.matches(ROUTES + "(?:[/?].*)?") || ON_THE_FRONT_PAGE.matcher(target).matches();
    String full = complete ? target : ROUTES + target;
    if (!target.startsWith("/")
        || OTHER_FOLDER.matcher(full).matches()
        || URI.create("http://localhost" + full).getRawFragment() != null) {
      throw new IllegalArgumentException("not the path of a route");
    }
    return full;
  }
}
