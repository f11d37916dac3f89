package io.kbsserver.rest.wire;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Lets everything behind it answer HEAD as it does GET, so that the headers are the same, length
 * included. Netty's codec has seen the method and leaves the body out.
 */
@ChannelHandler.Sharable
public final class HeadAsGet extends ChannelInboundHandlerAdapter {

  /** Of a request that was HEAD; clients cannot send it. */
  private static final String MARK = "kbs-head";

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      request.headers().remove(MARK);
      if (request.method().equals(HttpMethod.HEAD)) {
        request.setMethod(HttpMethod.GET);
        request.headers().set(MARK, "");
      }
    }
    context.fireChannelRead(message);
  }

  /** Whether nobody will see the body of the answer, which may be dear to make. */
  public static boolean isHead(io.micronaut.http.HttpRequest<?> request) {
    return request.getHeaders().contains(MARK);
  }
}
