package io.kbsserver.rest.connection;

import io.kbsserver.rest.errors.RetryAfter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Turns away connections while there are as many as there may be and none of them waits for a
 * request; else the one that has waited longest makes room.
 */
@Singleton
@ChannelHandler.Sharable
public final class MostConnections extends ChannelInboundHandlerAdapter {

  private static final String BODY =
      "{\"code\":\"service_unavailable\",\"message\":\"There are too many connections at the moment."
          + " Please try again later.\",\"data\":{\"status\":503}}";

  private static final String ANSWER =
      "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: %s\r\n"
          + "X-Request-ID: %s\r\n"
          + "Content-Type: application/json; charset=UTF-8\r\nContent-Length: "
          + BODY.length()
          + "\r\n\r\n"
          + BODY;

  /** Whether a connection waits for a request. It changes in the connection's own thread alone. */
  private static final AttributeKey<Boolean> WAITS =
      AttributeKey.valueOf(MostConnections.class, "waits");

  private final int most;

  /** Those that wait for a request, longest first. */
  private final Set<Channel> waiting = new LinkedHashSet<>();

  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger turnedAway = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private final LongAdder ended = new LongAdder();

  MostConnections(ConnectionLimits limits) {
    this.most = limits.most();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (isAmong(served, context) || takesThePlaceOfAnother(context)) {
      context.channel().closeFuture().addListener(closed -> waitsNoMore(context.channel()));
      waits(context.channel());
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

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    waitsNoMore(context.channel());
    context.fireChannelRead(message);
  }

  /** All that was asked for has been answered, and the answer is on its way. */
  void waits(Channel connection) {
    if (connection.isActive() && !isWaiting(connection)) {
      connection.attr(WAITS).set(true);
      synchronized (waiting) {
        waiting.add(connection);
      }
    }
  }

  private void waitsNoMore(Channel connection) {
    if (isWaiting(connection)) {
      connection.attr(WAITS).set(false);
      synchronized (waiting) {
        waiting.remove(connection);
      }
    }
  }

  private static boolean isWaiting(Channel connection) {
    return Boolean.TRUE.equals(connection.attr(WAITS).get());
  }

  private boolean takesThePlaceOfAnother(ChannelHandlerContext context) {
    Channel longest = longestWaiting();
    if (longest == null) {
      return false;
    }
    served.incrementAndGet();
    untilItEnds(served, context);
    end(longest);
    return true;
  }

  private @Nullable Channel longestWaiting() {
    synchronized (waiting) {
      Iterator<Channel> first = waiting.iterator();
      if (!first.hasNext()) {
        return null;
      }
      Channel longest = first.next();
      first.remove();
      return longest;
    }
  }

  /** Another one, where a request has come meanwhile. */
  private void end(Channel longest) {
    longest
        .eventLoop()
        .execute(
            () -> {
              if (isWaiting(longest)) {
                ended.increment();
                longest.unsafe().close(longest.voidPromise());
                return;
              }
              Channel next = longestWaiting();
              if (next != null) {
                end(next);
              }
            });
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

  /** How many had to make room for another so far. */
  long ended() {
    return ended.sum();
  }

  private static ByteBuf answer() {
    String text = ANSWER.formatted(RetryAfter.header(RetryAfter.soon()), UUID.randomUUID());
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }

  /** Whether there is room for one more; if so, it has it until it ends. */
  private boolean isAmong(AtomicInteger open, ChannelHandlerContext context) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      return false;
    }
    untilItEnds(open, context);
    return true;
  }

  private static void untilItEnds(AtomicInteger open, ChannelHandlerContext context) {
    context.channel().closeFuture().addListener(closed -> open.decrementAndGet());
  }
}
