package io.kbsserver.rest.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusedRequestsTest {

  private boolean busy = true;
  private boolean roomy = true;

  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new RefusedRequests(
              head -> busy ? Optional.of(refusal()) : Optional.empty(), () -> roomy));

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private static FullHttpResponse refusal() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        HttpResponseStatus.SERVICE_UNAVAILABLE,
        Unpooled.wrappedBuffer(new byte[1024]));
  }

  private static HttpRequest request() {
    return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
  }

  @Test
  void aRefusalWaitsForTheBody() {
    channel.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
    channel.writeInbound(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[8])));
    assertTrue(channel.outboundMessages().isEmpty());
    channel.writeInbound(new DefaultLastHttpContent());
    assertEquals(1, channel.outboundMessages().size());
    assertTrue(channel.isActive());
    assertTrue(channel.inboundMessages().isEmpty());
  }

  @Test
  void answersComeInTheOrderOfRequests() {
    busy = false;
    channel.writeInbound(request());
    busy = true;
    channel.writeInbound(request());
    assertEquals(2, channel.inboundMessages().size());
    for (HttpResponseStatus status :
        new HttpResponseStatus[] {
          HttpResponseStatus.CONTINUE, HttpResponseStatus.OK, HttpResponseStatus.OK
        }) {
      channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
    }
    channel.writeInbound(request());
    assertEquals(2, channel.inboundMessages().size());
    assertEquals(4, channel.outboundMessages().size());
  }

  @Test
  void nothingIsDoneBehindTheLastRequest() {
    HttpRequest last = request();
    last.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    busy = true;
    channel.pipeline().fireChannelRead(last);
    busy = false;
    channel.pipeline().fireChannelRead(request());
    channel.pipeline().fireChannelReadComplete();
    assertTrue(channel.inboundMessages().isEmpty());
    assertEquals(1, channel.outboundMessages().size());
    assertFalse(channel.isActive());
  }

  @Test
  void whoComesBackSoonerThanToldWaitsForTheNextRefusal() {
    channel.freezeTime();
    channel.writeInbound(request());
    assertEquals(1, channel.outboundMessages().size());
    channel.writeInbound(request());
    assertEquals(1, channel.outboundMessages().size());
    channel.advanceTimeBy(RefusedRequests.SHORTEST_PAUSE.toMillis() - 1, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertEquals(1, channel.outboundMessages().size());
    channel.advanceTimeBy(
        RefusedRequests.LONGEST_PAUSE.minus(RefusedRequests.SHORTEST_PAUSE).toMillis() + 1,
        TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertEquals(2, channel.outboundMessages().size());
  }

  @Test
  void whatWaitsIsSentBeforeTheNextAnswer() {
    channel.freezeTime();
    channel.writeInbound(request(), request());
    assertEquals(1, channel.outboundMessages().size());
    busy = false;
    channel.writeInbound(request());
    assertEquals(2, channel.outboundMessages().size());
    assertEquals(1, channel.inboundMessages().size());
  }

  @Test
  void whatWaitsIsSentBeforeTheServerCloses() {
    channel.freezeTime();
    channel.writeInbound(request(), request());
    channel.close();
    assertEquals(2, channel.outboundMessages().size());
    assertFalse(channel.isActive());
  }

  @Test
  void nobodyWaitsWhileConnectionsAreFew() {
    roomy = false;
    channel.freezeTime();
    channel.writeInbound(request(), request());
    assertEquals(2, channel.outboundMessages().size());
  }

  /** Otherwise a client that sends and never reads has the server keep what it answers. */
  @Test
  void refusalsDoNotHeapUp() {
    int sent = 10_000;
    channel.writeInbound(Stream.generate(RefusedRequestsTest::request).limit(sent).toArray());
    int refused = channel.outboundMessages().size();
    assertTrue(refused < 100, () -> "refused: " + refused);
    assertEquals(sent, refused + channel.inboundMessages().size());
  }
}
