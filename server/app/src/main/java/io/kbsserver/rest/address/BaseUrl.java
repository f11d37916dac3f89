package io.kbsserver.rest.address;

import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where clients reach this server, for the links in its answers. */
@Singleton
public class BaseUrl {

  private final Optional<PublicUrl> configured;
  private final Proxies proxies;

  @Inject
  BaseUrl(@Nullable @Property(name = "kbs.public-url") String configured, Proxies proxies) {
    this.configured = Optional.ofNullable(configured).map(PublicUrl::parse);
    this.proxies = proxies;
  }

  private BaseUrl(Optional<PublicUrl> configured, Proxies proxies) {
    this.configured = configured;
    this.proxies = proxies;
  }

  /**
   * The same for what is no answer to a request.
   *
   * @param site where the server is reached, where its configuration does not say
   */
  public BaseUrl orElse(String site) {
    return new BaseUrl(configured.or(() -> Optional.of(PublicUrl.parse(site))), proxies);
  }

  /** The address under which the routes stand, without a slash at the end. */
  public String ofRoutes() {
    return ofServer() + "/wp-json";
  }

  /** The header that leads WordPress clients to the index of the routes. */
  public String linkToIndex() {
    return "<" + ofRoutes() + "/>; rel=\"https://api.w.org/\"";
  }

  /** The address of the site, without a slash at the end. */
  public String ofServer() {
    return address().toString();
  }

  /** The same, as a request has it. */
  public String ofServer(HttpRequest<?> request) {
    return address(request).toString();
  }

  /** The same without its path. */
  public String origin() {
    return address().origin();
  }

  /** Whether the request names a server at all, rather than something to put into our links. */
  public boolean isNamedBy(HttpRequest<?> request) {
    return proxies.of(request).named();
  }

  private PublicUrl address() {
    return configured.orElseGet(() -> address(ServerRequestContext.currentRequest().orElseThrow()));
  }

  private PublicUrl address(HttpRequest<?> request) {
    return configured.orElseGet(() -> proxies.of(request).site());
  }
}
