package io.kbsserver.compare;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a route on a site without permalinks: {@code /wp-json/kbs/v1/tickets?page=2} is
 * {@code /?rest_route=/kbs/v1/tickets&page=2} there.
 */
final class RouteParameter {

  private static final String ROUTES = "/wp-json";
  private static final Pattern WITH_PARAMETER =
      Pattern.compile("[^?]*\\?((?:.*&)?)rest_route=([^&]*)&?(.*)");

  private RouteParameter() {}

  /** The query that stands for an address below {@code /wp-json}. */
  static String queryOf(String path) {
    String[] parts = path.substring(ROUTES.length()).split("\\?", 2);
    // A plus is itself in a path and a space in a query, where an ampersand ends a value.
    String route = parts[0].replace("+", "%2B").replace("&", "%26");
    return "?rest_route="
        + (route.isEmpty() ? "/" : route)
        + (parts.length < 2 || parts[1].isEmpty() ? "" : "&" + parts[1]);
  }

  /** The address below {@code /wp-json} that means the same; others stay as they are. */
  static String resolved(String address) {
    Matcher matcher = WITH_PARAMETER.matcher(address);
    if (!matcher.matches()) {
      return address.replaceFirst("^/index\\.php(?=" + ROUTES + ")", "");
    }
    String route = matcher.group(2).replace("%2F", "/").replace("%2f", "/");
    String query = (matcher.group(1) + matcher.group(3)).replaceFirst("&$", "");
    return ROUTES + (route.equals("/") ? "" : route) + (query.isEmpty() ? "" : "?" + query);
  }
}
