package io.kbsserver.rest.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Puts small pieces of a body together: in memory each takes a hundred times the byte that it may
 * consist of.
 */
final class SmallPieces extends ChannelInboundHandlerAdapter {

  private static final int SMALL = 4 * 1024;

  private @Nullable ByteBuf together;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    boolean last = message instanceof LastHttpContent;
    if (message instanceof HttpContent content) {
      int size = content.content().readableBytes();
      if (together != null && (last || size > together.writableBytes())) {
        passOn(context);
      }
      if (!last && size < SMALL && content.decoderResult().isSuccess()) {
        if (together == null) {
          together = context.alloc().buffer(SMALL, SMALL);
        }
        together.writeBytes(content.content());
        content.release();
        return;
      }
    }
    context.fireChannelRead(message);
  }

  private void passOn(ChannelHandlerContext context) {
    ByteBuf pieces = together;
    together = null;
    if (pieces != null) {
      context.fireChannelRead(new DefaultHttpContent(pieces));
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (together != null) {
      together.release();
      together = null;
    }
  }
}
