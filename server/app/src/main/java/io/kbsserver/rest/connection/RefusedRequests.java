package io.kbsserver.rest.connection;

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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives the doorkeeper's refusals, after the short bodies that come with them, so that the
 * connection can be used again. Behind a request that is not answered yet nothing is refused here:
 * answers come in the order of requests. Nor is it while the client does not read its answers: they
 * would heap up, where others wait until they can be sent.
 */
public final class RefusedRequests extends ChannelDuplexHandler {

  private final Doorkeeper doorkeeper;
  private int unanswered;
  private boolean informs;
  private boolean closes;
  private @Nullable FullHttpResponse refusal;

  public RefusedRequests(Doorkeeper doorkeeper) {
    this.doorkeeper = doorkeeper;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (closes && refusal == null) {
      // The client has said that this was the last one.
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest head) {
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
      answer(context, refusal);
      refusal = null;
    }
    ReferenceCountUtil.release(message);
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
