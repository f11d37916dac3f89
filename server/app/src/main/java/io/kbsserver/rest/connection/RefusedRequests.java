package io.kbsserver.rest.connection;

import io.kbsserver.rest.errors.RetryAfter;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives the doorkeeper's refusals, after the short bodies that come with them, so that the
 * connection can be used again. Behind a request that is not answered yet nothing is refused here:
 * answers come in the order of requests. Nor is it while the client does not read its answers: they
 * would heap up, where others wait until they can be sent.
 *
 * <p>Whoever is refused again, and has come back sooner than any refusal says, waits a moment for
 * it: who asks again at once would otherwise keep the server busy with saying no.
 */
public final class RefusedRequests extends ChannelDuplexHandler {

  /**
   * It costs a connection, but neither a thread nor a place. Each client waits another time, lest
   * all of a crowd come back in the same moment.
   */
  static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

  static final Duration LONGEST_PAUSE = Duration.ofMillis(1500);

  private final Doorkeeper doorkeeper;
  private final BooleanSupplier roomy;
  private int unanswered;
  private boolean informs;
  private boolean closes;
  private @Nullable FullHttpResponse refusal;
  private @Nullable Later later;
  private long refusedUntil = System.nanoTime();

  /** A refusal that is complete, and when it is sent. */
  private record Later(FullHttpResponse answer, Future<?> timer) {}

  /**
   * @param roomy whether there is room for many more connections
   */
  public RefusedRequests(Doorkeeper doorkeeper, BooleanSupplier roomy) {
    this.doorkeeper = doorkeeper;
    this.roomy = roomy;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (closes && refusal == null) {
      // The client has said that this was the last one.
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest head) {
      answerNow(context);
      Optional<FullHttpResponse> refused =
          unanswered == 0 && context.channel().isWritable()
              ? doorkeeper.refuse(head)
              : Optional.empty();
      if (refused.isPresent()) {
        refusal = refused.get();
        closes = !HttpUtil.isKeepAlive(head);
        HttpUtil.setKeepAlive(refusal, !closes);
      } else {
        unanswered++;
      }
    }
    if (refusal == null) {
      context.fireChannelRead(message);
      return;
    }
    if (message instanceof LastHttpContent) {
      answerInTime(context, refusal);
      refusal = null;
    }
    ReferenceCountUtil.release(message);
  }

  private void answerInTime(ChannelHandlerContext context, FullHttpResponse answer) {
    long now = System.nanoTime();
    boolean impatient = refusedUntil - now > 0;
    refusedUntil = now + RetryAfter.least().toNanos();
    if (impatient && roomy.getAsBoolean()) {
      later =
          new Later(
              answer,
              context
                  .executor()
                  .schedule(
                      () -> {
                        answerNow(context);
                        context.flush();
                      },
                      ThreadLocalRandom.current()
                          .nextLong(SHORTEST_PAUSE.toMillis(), LONGEST_PAUSE.toMillis()),
                      TimeUnit.MILLISECONDS));
    } else {
      answer(context, answer);
    }
  }

  /** Answers come in the order of requests. */
  private void answerNow(ChannelHandlerContext context) {
    if (later != null) {
      Later waiting = later;
      later = null;
      waiting.timer().cancel(false);
      answer(context, waiting.answer());
    }
  }

  private void answer(ChannelHandlerContext context, FullHttpResponse answer) {
    var sent = context.write(answer);
    if (closes) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
    context.fireChannelReadComplete();
  }

  /** Who hangs up needs no answer. */
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (later != null) {
      later.timer().cancel(false);
      later.answer().release();
      later = null;
    }
    context.fireChannelInactive();
  }

  /** Whatever the server closes for, such as its end. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    answerNow(context);
    context.flush();
    context.close(promise);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response) {
      informs = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
    if (message instanceof LastHttpContent && !informs) {
      unanswered--;
    }
    context.write(message, promise);
  }
}
