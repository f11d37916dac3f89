package io.kbsserver.rest.connection;

import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the connection of a client that is too slow: with the head of a request, with its body, with
 * reading the answer, or with asking again. A client that sends a byte now and then wins no time.
 */
public final class SlowClients extends ChannelDuplexHandler {

  private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);

  private static final Pattern FORM =
      Pattern.compile("\\s*application/x-www-form-urlencoded", Pattern.CASE_INSENSITIVE);

  private static final Pattern JSON =
      Pattern.compile("\\bapplication/(?:[^\\s,;]+\\+)?json\\b", Pattern.CASE_INSENSITIVE);

  /** What a connection waits for, if no request is being answered. */
  private enum Phase {
    /** The first byte of a request. */
    IDLE,
    HEAD,
    BODY
  }

  private final ConnectionLimits limits;
  private final MostConnections connections;

  private Phase phase = Phase.HEAD;
  private long since = System.nanoTime();
  private int unanswered;
  private boolean progress;

  private boolean files;
  private long received;
  private long waited;
  private boolean waiting;
  private long waitingSince;

  private boolean answers;
  private long written;
  private long unsent;
  private long unsentSince;
  private long sent;

  private @Nullable Future<?> timer;

  public SlowClients(ConnectionLimits limits, MostConnections connections) {
    this.limits = limits;
    this.connections = connections;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    long interval = limits.interval().toNanos();
    timer =
        context
            .executor()
            .scheduleAtFixedRate(() -> look(context), interval, interval, TimeUnit.NANOSECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    progress = true;
    if (message instanceof HttpRequest request) {
      unanswered++;
      phase = Phase.BODY;
      files = mayBeFile(request.headers());
      received = 0;
      waited = 0;
      waitingSince = System.nanoTime();
    }
    if (message instanceof HttpContent content) {
      received += content.content().readableBytes();
    }
    if (message instanceof LastHttpContent) {
      become(Phase.IDLE);
      if (unanswered == 0 && unsent(context) == 0) {
        connections.waits(context.channel());
      }
    }
    context.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (waiting) {
      waited += System.nanoTime() - waitingSince;
      waiting = false;
    }
    if (phase == Phase.IDLE && !progress) {
      become(Phase.HEAD);
    }
    progress = false;
    context.fireChannelReadComplete();
  }

  @Override
  public void read(ChannelHandlerContext context) {
    if (!waiting) {
      waiting = true;
      waitingSince = System.nanoTime();
    }
    context.read();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response) {
      answers = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
    }
    if (message instanceof ByteBufHolder holder) {
      written += holder.content().readableBytes();
    }
    if (answers && message instanceof LastHttpContent) {
      unanswered--;
      if (phase == Phase.IDLE) {
        become(Phase.IDLE);
      }
    }
    ChannelPromise last = promise;
    if (message instanceof LastHttpContent) {
      last = promise.unvoid();
      last.addListener(sent -> waits(context));
    }
    context.write(message, last);
  }

  private void waits(ChannelHandlerContext context) {
    if (phase == Phase.IDLE && unanswered == 0) {
      connections.waits(context.channel());
    }
  }

  /** Whatever is neither JSON nor a form of texts: some routes take it for a file as it is. */
  private static boolean mayBeFile(HttpHeaders headers) {
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
    return !FORM.matcher(type).lookingAt()
        && (!JSON.matcher(type).find() || headers.contains(HttpHeaderNames.CONTENT_DISPOSITION));
  }

  private void become(Phase next) {
    phase = next;
    since = System.nanoTime();
  }

  private void look(ChannelHandlerContext context) {
    long now = System.nanoTime();
    String slow = slowWithRequest(now);
    if (slow == null && isSlowReader(context, now)) {
      slow = "reading the answer";
    }
    if (slow != null && context.channel().isActive()) {
      LOG.debug("A client is too slow with {}", slow);
      context.close();
    }
  }

  private @Nullable String slowWithRequest(long now) {
    return switch (phase) {
      case IDLE ->
          unanswered == 0 && isLonger(now - since, limits.idleTime()) ? "the next request" : null;
      case HEAD -> unanswered == 0 && isLonger(now - since, limits.headTime()) ? "the head" : null;
      case BODY -> {
        long wait = waited + (waiting ? now - waitingSince : 0);
        boolean slow =
            isLonger(wait, limits.bodyTime()) && !(files && isFastEnough(received, wait));
        yield slow ? "the body" : null;
      }
    };
  }

  private boolean isSlowReader(ChannelHandlerContext context, long now) {
    long left = unsent(context);
    if (unsent == 0) {
      unsentSince = now;
      sent = 0;
    } else {
      sent += Math.max(0, unsent + written - left);
    }
    written = 0;
    unsent = left;
    long time = now - unsentSince;
    return left > 0 && isLonger(time, limits.bodyTime()) && !isFastEnough(sent, time);
  }

  private static long unsent(ChannelHandlerContext context) {
    ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
  }

  private static boolean isLonger(long nanos, Duration limit) {
    return nanos > limit.toNanos();
  }

  private boolean isFastEnough(long bytes, long nanos) {
    return bytes >= limits.lowestRate() * (nanos / TimeUnit.SECONDS.toNanos(1));
  }
}
