package io.kbsserver.rest.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A few kilobytes of a client become no more than some objects. */
class WireMemoryTest {

  private static final int MOST_UNANSWERED = 8;

  private static EmbeddedChannel channel(ChannelHandler... more) {
    EmbeddedChannel channel = new EmbeddedChannel(new ServerCodec(new HttpDecoderConfig()));
    channel.pipeline().addLast(more);
    return channel;
  }

  private static void send(EmbeddedChannel channel, String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
  }

  private static int requests(EmbeddedChannel channel) {
    int requests = 0;
    for (Object message = channel.readInbound(); message != null; ) {
      requests += message instanceof HttpRequest ? 1 : 0;
      ReferenceCountUtil.release(message);
      message = channel.readInbound();
    }
    return requests;
  }

  @Test
  void aBodyInPiecesOfAByteIsPutTogether() {
    EmbeddedChannel channel = channel(new SmallPieces());
    int length = 20_000;
    send(channel, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < length / 100; i++) {
      send(channel, "1\r\nx\r\n".repeat(100));
    }
    send(channel, "0\r\n\r\n");
    int pieces = 0;
    int bytes = 0;
    for (Object message = channel.readInbound(); message != null; ) {
      if (message instanceof HttpContent content) {
        pieces++;
        bytes += content.content().readableBytes();
        content.release();
      }
      message = channel.readInbound();
    }
    assertEquals(length, bytes);
    assertTrue(pieces < 10, "pieces: " + pieces);
    channel.finishAndReleaseAll();
  }

  @Test
  void whatIsSentAheadWaitsForAnswers() {
    EmbeddedChannel channel = channel();
    int all = 1_000;
    send(channel, "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(all));
    int passedOn = requests(channel);
    assertEquals(MOST_UNANSWERED, passedOn);
    for (int answered = 0; answered < all; answered++) {
      channel.writeOutbound(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE),
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
      channel.runPendingTasks();
      passedOn += requests(channel);
      assertEquals(Math.min(all, answered + 1 + MOST_UNANSWERED), passedOn);
    }
    channel.finishAndReleaseAll();
  }
}
