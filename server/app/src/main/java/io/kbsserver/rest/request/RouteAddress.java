package io.kbsserver.rest.request;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds out which route an address means; WordPress knows several ways to write one. */
final class RouteAddress {

  private static final String INDEX = "/index.php";
  private static final String PARAMETER = "rest_route";

  private RouteAddress() {}

  /** Whether the query of an address may say which route is meant. */
  static boolean mayBeInQuery(URI address) {
    String path = address.getRawPath();
    return isRoot(path) && address.getRawQuery().contains(PARAMETER);
  }

  /** The address of the route as the contract writes it; nothing where none is meant. */
  static Optional<URI> of(URI address, Map<String, Object> query) {
    String path = address.getRawPath();
    if (path.startsWith(INDEX + RequestReader.ROOT)) {
      path = path.substring(INDEX.length());
    }
    if (isRoot(path) && query.get(PARAMETER) instanceof String route && !route.isEmpty()) {
      return withPath(address, RequestReader.ROOT + encoded(route.replaceFirst("^/", "")));
    }
    if (!(path + "/").startsWith(RequestReader.ROOT)) {
      return Optional.empty();
    }
    return withPath(address, path);
  }

  private static boolean isRoot(String path) {
    return path.equals("/") || path.equals(INDEX);
  }

  private static Optional<URI> withPath(URI address, String path) {
    String query = address.getRawQuery();
    return Optional.of(URI.create(canonical(path) + (query == null ? "" : "?" + query)));
  }

  /** Case makes no difference, and neither does a slash at the end. */
  private static String canonical(String path) {
    String route = path.toLowerCase(Locale.ROOT);
    boolean slash = route.endsWith("/") && !route.endsWith("//");
    return slash ? route.substring(0, route.length() - 1) : route;
  }

  private static String encoded(String route) {
    return URLEncoder.encode(route, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
