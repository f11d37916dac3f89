package io.kbsserver.rest.wire;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Escapes the target of each request before anything reads it: Netty hands on every byte as a
 * character of Latin-1, which would be taken for one.
 */
@ChannelHandler.Sharable
final class EscapedTarget extends ChannelInboundHandlerAdapter {

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      request.setUri(RequestTarget.escaped(request.uri()));
    }
    context.fireChannelRead(message);
  }
}
