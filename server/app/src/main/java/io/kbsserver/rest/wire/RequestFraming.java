package io.kbsserver.rest.wire;

import io.kbsserver.rest.connection.LingeringClose;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;

/**
 * Watches over where requests begin and end (RFC 9112). What leaves room for doubt is refused, and
 * the connection ends with that answer, so that nothing behind is taken for a request. It ends as
 * well with an answer that is given before the body has come: nobody waits for the rest.
 */
final class RequestFraming extends ChannelDuplexHandler {

  private int unanswered;
  private boolean bodyComes;
  private boolean refused;
  private boolean closes;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (refused) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      unanswered++;
      if (request.decoderResult().isSuccess() && !isClear(request)) {
        request.setDecoderResult(
            DecoderResult.failure(new IllegalArgumentException("The head is ambiguous")));
      }
      refused = request.decoderResult().isFailure();
      bodyComes = !refused && hasBody(request);
    } else if (message instanceof HttpContent content) {
      if (content.decoderResult().isFailure()) {
        refused = true;
        content.release();
        context.fireExceptionCaught(new BrokenBodyException());
        return;
      }
      bodyComes &= !(content instanceof LastHttpContent);
    }
    context.fireChannelRead(message);
  }

  private static boolean isClear(HttpRequest request) {
    HttpHeaders headers = request.headers();
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    boolean known =
        codings.isEmpty()
            || (codings.size() == 1
                && codings.get(0).equalsIgnoreCase(HttpHeaderValues.CHUNKED.toString())
                && !headers.contains(HttpHeaderNames.CONTENT_LENGTH));
    int hosts = headers.getAll(HttpHeaderNames.HOST).size();
    boolean mayBeWithout = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    return known && (hosts == 1 || (hosts == 0 && mayBeWithout));
  }

  private static boolean hasBody(HttpRequest request) {
    return HttpUtil.isTransferEncodingChunked(request)
        || HttpUtil.getContentLength(request, 0L) > 0;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response) {
      if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
        context.write(message, promise);
        return;
      }
      closes = unanswered == 1 && isInDoubt();
      if (closes) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
    }
    if (message instanceof LastHttpContent) {
      unanswered--;
      if (closes) {
        context.write(message, promise.unvoid().addListener(sent -> context.channel().close()));
        return;
      }
    }
    context.write(message, promise);
  }

  private boolean isInDoubt() {
    return refused || bodyComes;
  }

  /** What has not been read would make the system take back the answer. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (isInDoubt()) {
      LingeringClose.of(context.channel(), promise);
    } else {
      context.close(promise);
    }
  }
}
