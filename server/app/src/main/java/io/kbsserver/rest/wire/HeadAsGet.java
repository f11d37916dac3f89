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
final class HeadAsGet extends ChannelInboundHandlerAdapter {

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request && request.method().equals(HttpMethod.HEAD)) {
      request.setMethod(HttpMethod.GET);
    }
    context.fireChannelRead(message);
  }
}
