package io.kbsserver.rest.wire;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netty's codec of a server, with a decoder that is stricter, and that stops at a request while
 * many before it have no answer: a few kilobytes hold thousands of requests.
 */
final class ServerCodec
    extends CombinedChannelDuplexHandler<StrictRequestDecoder, HttpResponseEncoder> {

  private static final int MOST_UNANSWERED = 8;

  /** Whether each request that has no answer is HEAD. */
  private final Deque<Boolean> unanswered = new ArrayDeque<>();

  private @Nullable ChannelHandlerContext context;
  private boolean waiting;

  ServerCodec(HttpDecoderConfig config) {
    init(new Decoder(config), new Encoder());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) throws Exception {
    context = added;
    super.handlerAdded(added);
  }

  private void goOn() {
    if (waiting && unanswered.size() < MOST_UNANSWERED) {
      waiting = false;
      // Not from within the answer.
      requireNonNull(context).executor().execute(this::decodeWhatHasCome);
    }
  }

  private void decodeWhatHasCome() {
    ChannelHandlerContext here = requireNonNull(context);
    if (here.isRemoved()) {
      return;
    }
    try {
      channelRead(here, Unpooled.EMPTY_BUFFER);
      channelReadComplete(here);
    } catch (Exception e) {
      here.fireExceptionCaught(e);
    }
  }

  private final class Decoder extends StrictRequestDecoder {

    Decoder(HttpDecoderConfig config) {
      super(config);
    }

    @Override
    protected void decode(ChannelHandlerContext here, ByteBuf bytes, List<Object> out)
        throws Exception {
      waiting = isInHead() && unanswered.size() >= MOST_UNANSWERED;
      if (waiting) {
        return;
      }
      int before = out.size();
      super.decode(here, bytes, out);
      for (Object message : out.subList(before, out.size())) {
        if (message instanceof HttpRequest request) {
          unanswered.add(request.method().equals(HttpMethod.HEAD));
        }
      }
    }
  }

  private final class Encoder extends HttpResponseEncoder {

    private boolean answers;

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
      answers = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
      boolean head = Boolean.TRUE.equals(unanswered.peek());
      return (answers && head) || super.isContentAlwaysEmpty(response);
    }

    @Override
    public void write(ChannelHandlerContext here, Object message, ChannelPromise promise)
        throws Exception {
      super.write(here, message, promise);
      if (answers && message instanceof LastHttpContent) {
        unanswered.poll();
        goOn();
      }
    }
  }
}
