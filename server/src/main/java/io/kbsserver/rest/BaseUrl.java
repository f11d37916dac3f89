package io.kbsserver.rest;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.http.server.util.HttpHostResolver;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** Where clients reach this server, for the links in its answers. */
@Singleton
public class BaseUrl {

  private static final Pattern VALID = Pattern.compile("https?://[A-Za-z0-9._\\[\\]:-]+");

  private final HttpHostResolver hostResolver;

  BaseUrl(HttpHostResolver hostResolver) {
    this.hostResolver = hostResolver;
  }

  /** The address under which the routes stand, without a slash at the end. */
  public String ofRoutes() {
    return ofServer() + "/wp-json";
  }

  /** The header that leads WordPress clients to the index of the routes. */
  String linkToIndex() {
    return "<" + ofRoutes() + "/>; rel=\"https://api.w.org/\"";
  }

  /** The address as the client that is being answered wrote it, without a slash at the end. */
  String ofServer() {
    HttpRequest<?> request = ServerRequestContext.currentRequest().orElseThrow();
    String address = hostResolver.resolve(request);
    return VALID.matcher(address).matches() ? address : "";
  }

  /** Whether the request names a server at all, rather than something to put into our links. */
  boolean isNamedBy(HttpRequest<?> request) {
    return VALID.matcher(hostResolver.resolve(request)).matches();
  }
}
