package io.kbsserver.rest.address;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import io.micronaut.http.server.util.DefaultHttpClientAddressResolver;
import io.micronaut.http.server.util.HttpClientAddressResolver;
import io.netty.util.NetUtil;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a request looked to the client that made it. What Micronaut has for this believes everybody;
 * here those proxies are believed that the operator trusts.
 */
@Singleton
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Replaces(DefaultHttpClientAddressResolver.class)
public class Proxies implements HttpClientAddressResolver, Ordered {

  private static final String ATTRIBUTE = "kbs.client-view";

  private final TrustedProxies trusted;

  Proxies(@Nullable @Property(name = "kbs.trusted-proxies") String trusted) {
    this.trusted = TrustedProxies.parse(trusted);
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  /** Looks before anything else: a request that was changed on its way does not know its peer. */
  @RequestFilter
  @PreMatching
  void look(HttpRequest<?> request) {
    request.setAttribute(ATTRIBUTE, view(request));
  }

  /** How the client sees the server, and the server the client. */
  public ClientView of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, ClientView.class).orElseGet(() -> view(request));
  }

  /** The address of the client, and not that of a proxy that is trusted and names it. */
  @Override
  @SuppressWarnings("rawtypes") // Micronaut declares the parameter so.
  public String resolve(HttpRequest request) {
    return of(request).client();
  }

  private ClientView view(HttpRequest<?> request) {
    InetSocketAddress peer = request.getRemoteAddress();
    Forwarded forwarded =
        trusted.contain(peer) ? Forwarded.of(request.getHeaders(), trusted) : Forwarded.NOTHING;
    Optional<Authority> named = named(request);
    String scheme = forwarded.scheme().orElse(request.isSecure() ? "https" : "http");
    String origin =
        forwarded
            .host()
            .map(host -> host.orAt(forwarded.port().orElse(0)))
            .or(() -> named.map(host -> forwarded.port().map(host::at).orElse(host)))
            .map(host -> host.with(scheme))
            .orElse("");
    return new ClientView(
        named.isPresent(),
        new PublicUrl(origin, forwarded.path().orElse("")),
        forwarded.client().orElseGet(() -> NetUtil.toAddressString(peer.getAddress())));
  }

  /** The server that a request names itself; our own address where it names none. */
  private static Optional<Authority> named(HttpRequest<?> request) {
    String host = request.getHeaders().get(HttpHeaders.HOST);
    return Authority.parse(
        host == null ? NetUtil.toSocketAddressString(request.getServerAddress()) : host.strip());
  }
}
