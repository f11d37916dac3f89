package io.kbsserver.rest.connection;

import io.kbsserver.rest.errors.RetryAfter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Turns away connections while there are as many as there may be. */
@Singleton
@ChannelHandler.Sharable
public final class MostConnections extends ChannelInboundHandlerAdapter {

  private static final String BODY =
      "{\"code\":\"service_unavailable\",\"message\":\"There are too many connections at the moment."
          + " Please try again later.\",\"data\":{\"status\":503}}";

  private static final String ANSWER =
      "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: %s\r\n"
          + "Content-Type: application/json; charset=UTF-8\r\nContent-Length: "
          + BODY.length()
          + "\r\n\r\n"
          + BODY;

  private final int most;
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger turnedAway = new AtomicInteger();
  private final LongAdder refused = new LongAdder();

  MostConnections(ConnectionLimits limits) {
    this.most = limits.most();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (isAmong(served, context)) {
      context.fireChannelActive();
      return;
    }
    refused.increment();
    if (isAmong(turnedAway, context)) {
      // Whatever it sends is not read, and so has no other answer.
      context
          .writeAndFlush(answer())
          .addListener(sent -> LingeringClose.of(context.channel(), context.newPromise()));
    } else {
      context.close();
    }
  }

  /** Whether there is room for as many again. */
  public boolean isRoomy() {
    return served.get() <= most / 2;
  }

  /** How many are served. */
  int open() {
    return served.get();
  }

  /** How many were not so far. */
  long refused() {
    return refused.sum();
  }

  private static ByteBuf answer() {
    String text = ANSWER.formatted(RetryAfter.header(RetryAfter.soon()));
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }

  /** Whether there is room for one more; if so, it has it until it ends. */
  private boolean isAmong(AtomicInteger open, ChannelHandlerContext context) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      return false;
    }
    context.channel().closeFuture().addListener(closed -> open.decrementAndGet());
    return true;
  }
}
