package io.kbsserver.rest.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.AttributeKey;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Gives each request a name that its answer bears, whatever it is: the client's or the proxy's own
 * where it can stand in a log as it is.
 */
@ChannelHandler.Sharable
final class RequestIds extends ChannelDuplexHandler {

  static final String HEADER = "X-Request-ID";

  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._~:=+/@-]{1,128}");

  /** Of the requests of a connection that are not answered yet, oldest first. */
  private static final AttributeKey<Queue<String>> UNANSWERED =
      AttributeKey.valueOf(RequestIds.class, "unanswered");

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      String id = id(request.headers().getAll(HEADER));
      request.headers().set(HEADER, id);
      unanswered(context.channel()).add(id);
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response
        && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      String id = unanswered(context.channel()).poll();
      response.headers().set(HEADER, id == null ? id(List.of()) : id);
    }
    context.write(message, promise);
  }

  private static Queue<String> unanswered(Channel connection) {
    connection.attr(UNANSWERED).setIfAbsent(new ArrayDeque<>());
    return connection.attr(UNANSWERED).get();
  }

  private static String id(List<String> given) {
    return given.size() == 1 && SANE.matcher(given.get(0)).matches()
        ? given.get(0)
        : UUID.randomUUID().toString();
  }
}
