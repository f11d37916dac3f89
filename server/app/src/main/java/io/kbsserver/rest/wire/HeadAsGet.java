package io.kbsserver.rest.wire;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;

/**
 * Lets everything behind it answer HEAD as it does GET, so that the headers are the same, length
 * included. Netty's codec has seen the method and leaves the body out.
 */
@ChannelHandler.Sharable
public final class HeadAsGet extends ChannelDuplexHandler {

  /** Of a request that was HEAD; clients cannot send it. */
  private static final String MARK = "kbs-head";

  /** Of an answer to it whose body was not made: its length. No client sees it. */
  public static final String LENGTH = "kbs-length";

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      request.headers().remove(MARK);
      if (request.method().equals(HttpMethod.HEAD)) {
        request.setMethod(HttpMethod.GET);
        request.headers().set(MARK, "");
      }
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response && response.headers().contains(LENGTH)) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.headers().get(LENGTH));
      response.headers().remove(LENGTH);
    }
    context.write(message, promise);
  }

  /** Whether nobody will see the body of the answer, which may be dear to make. */
  public static boolean isHead(io.micronaut.http.HttpRequest<?> request) {
    return request.getHeaders().contains(MARK);
  }
}
