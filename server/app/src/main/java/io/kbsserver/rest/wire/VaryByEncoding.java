package io.kbsserver.rest.wire;

import io.micronaut.http.server.netty.HttpCompressionStrategy;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;

/** Tells caches of every answer that is compressed, or would be if the client took it so. */
@ChannelHandler.Sharable
final class VaryByEncoding extends ChannelOutboundHandlerAdapter {

  private final HttpCompressionStrategy compression;

  VaryByEncoding(HttpCompressionStrategy compression) {
    this.compression = compression;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response
        && response.headers().contains(HttpHeaderNames.CONTENT_ENCODING, "identity", true)) {
      // It says that nothing compresses the answer, and has no meaning for clients.
      response.headers().remove(HttpHeaderNames.CONTENT_ENCODING);
    } else if (message instanceof HttpResponse response && varies(response)) {
      HttpHeaders headers = response.headers();
      List<String> names = new ArrayList<>(headers.getAll(HttpHeaderNames.VARY));
      names.add("Accept-Encoding");
      headers.set(HttpHeaderNames.VARY, String.join(", ", names));
    }
    context.write(message, promise);
  }

  private boolean varies(HttpResponse response) {
    return response.headers().contains(HttpHeaderNames.CONTENT_ENCODING)
        || response.status().equals(HttpResponseStatus.NOT_MODIFIED)
        || compression.shouldCompress(response);
  }
}
