package io.kbsserver.rest.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection whose client may still be sending: it is told that there will be no more
 * answers, and has a moment to read the last one. A connection that is just closed is reset by what
 * still comes, and the answer is lost.
 */
public final class LingeringClose extends ChannelInboundHandlerAdapter {

  private static final long MOMENT_MILLIS = 1_000;

  private LingeringClose() {}

  /** Ends a connection; the promise is kept when it has ended. */
  public static void of(Channel channel, ChannelPromise promise) {
    if (!channel.isActive() || !(channel instanceof DuplexChannel duplex)) {
      channel.unsafe().close(promise);
      return;
    }
    channel.closeFuture().addListener(closed -> promise.trySuccess());
    if (channel.pipeline().get(LingeringClose.class) == null) {
      channel.pipeline().addFirst(new LingeringClose());
      duplex.shutdownOutput();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context
        .executor()
        .schedule(
            () -> context.channel().unsafe().close(context.channel().voidPromise()),
            MOMENT_MILLIS,
            TimeUnit.MILLISECONDS);
    context.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.read();
  }
}
