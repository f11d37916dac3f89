package io.kbsserver.rest.wire;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;

/**
 * Answers to clients of HTTP/1.0, who know no chunks, end with the connection where their length is
 * not known.
 */
@ChannelHandler.Sharable
final class WithoutChunks extends ChannelOutboundHandlerAdapter {

  private static final AttributeKey<Boolean> ENDS =
      AttributeKey.valueOf(WithoutChunks.class, "ends with the connection");

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response
        && response.protocolVersion().equals(HttpVersion.HTTP_1_0)
        && HttpUtil.isTransferEncodingChunked(response)) {
      HttpUtil.setTransferEncodingChunked(response, false);
      HttpUtil.setKeepAlive(response, false);
      context.channel().attr(ENDS).set(true);
    }
    if (message instanceof LastHttpContent && context.channel().hasAttr(ENDS)) {
      context.write(message, promise.unvoid()).addListener(ChannelFutureListener.CLOSE);
    } else {
      context.write(message, promise);
    }
  }
}
