package io.kbsserver.rest.bulkhead;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

/** Keeps with a request the connection that it came by, which its changed copies do not tell. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public class ClientConnection implements Ordered {

  private static final String ATTRIBUTE = "kbs.connection";

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @RequestFilter
  @PreMatching
  void keep(HttpRequest<?> request) {
    if (request instanceof NettyHttpRequest<?> netty) {
      request.setAttribute(ATTRIBUTE, netty.getChannelHandlerContext());
    }
  }

  static Channel of(HttpRequest<?> request) {
    return context(request).channel();
  }

  /** What Netty knows the connection of a request by. */
  public static ChannelHandlerContext context(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, ChannelHandlerContext.class).orElseThrow();
  }
}
