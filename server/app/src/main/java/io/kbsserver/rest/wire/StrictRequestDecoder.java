package io.kbsserver.rest.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests as Netty does, and refuses lines of their heads, and sizes of chunks, that are
 * read differently by different programs: a proxy in front and this server must see the same
 * requests.
 */
class StrictRequestDecoder extends HttpRequestDecoder {

  private static final Pattern REQUEST_LINE =
      Pattern.compile("[^\\x00-\\x20\\x7F]+ [^\\x00-\\x20\\x7F]+ HTTP/1\\.[01]");

  private boolean inHead = true;
  private boolean afterRequestLine;
  private boolean refused;

  /** Of the body that comes, where it comes in chunks. */
  private @Nullable ChunkSizes chunks;

  StrictRequestDecoder(HttpDecoderConfig config) {
    super(config);
  }

  /** Whether what comes next belongs to the head of a request. */
  final boolean isInHead() {
    return inHead;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out)
      throws Exception {
    if (refused) {
      bytes.skipBytes(bytes.readableBytes());
      return;
    }
    if (inHead && !afterRequestLine) {
      skipEmptyLines(bytes);
      boolean mayBeEmptyLine =
          bytes.readableBytes() == 1 && bytes.getByte(bytes.readerIndex()) == '\r';
      if (!bytes.isReadable() || mayBeEmptyLine) {
        return;
      }
    }
    if (inHead && !isWellFormed(bytes)) {
      refused = true;
      bytes.skipBytes(bytes.readableBytes());
      HttpMessage request = createInvalidMessage();
      request.setDecoderResult(
          DecoderResult.failure(new IllegalArgumentException("A line of the head is malformed")));
      out.add(request);
      return;
    }
    int before = out.size();
    int start = bytes.readerIndex();
    super.decode(context, bytes, out);
    if (chunks != null && !chunks.take(bytes, start, bytes.readerIndex())) {
      refused = true;
      out.subList(before, out.size()).forEach(ReferenceCountUtil::release);
      out.subList(before, out.size()).clear();
      out.add(brokenChunk());
      return;
    }
    for (Object message : out.subList(before, out.size())) {
      if (message instanceof HttpMessage head) {
        chunks = HttpUtil.isTransferEncodingChunked(head) ? new ChunkSizes() : null;
      }
      inHead = message instanceof LastHttpContent || (inHead && !(message instanceof HttpMessage));
      afterRequestLine &= inHead && !(message instanceof LastHttpContent);
    }
  }

  private static LastHttpContent brokenChunk() {
    LastHttpContent broken = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
    broken.setDecoderResult(
        DecoderResult.failure(new IllegalArgumentException("The size of a chunk is malformed")));
    return broken;
  }

  /** Netty would pass over all control characters, as far as they come apart from the line. */
  private static void skipEmptyLines(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at < end) {
      int feed = bytes.getByte(at) == '\r' ? at + 1 : at;
      if (feed == end || bytes.getByte(feed) != '\n') {
        break;
      }
      at = feed + 1;
    }
    bytes.readerIndex(at);
  }

  /** Looks at the lines that have come as a whole; Netty takes the same ones next, all of them. */
  private boolean isWellFormed(ByteBuf bytes) {
    int start = bytes.readerIndex();
    if (!afterRequestLine && bytes.getByte(start) >= 0 && bytes.getByte(start) <= ' ') {
      return false;
    }
    for (int end = lineEnd(bytes, start); end >= 0; end = lineEnd(bytes, start)) {
      int length = end - start - (end > start && bytes.getByte(end - 1) == '\r' ? 1 : 0);
      if (length == 0 && afterRequestLine) {
        return true;
      }
      String line = bytes.toString(start, length, StandardCharsets.ISO_8859_1);
      if (length > 0 && !(afterRequestLine ? isHeader(line) : isRequestLine(line))) {
        return false;
      }
      afterRequestLine |= length > 0;
      start = end + 1;
    }
    return true;
  }

  private static int lineEnd(ByteBuf bytes, int start) {
    return bytes.indexOf(start, bytes.writerIndex(), (byte) '\n');
  }

  private static boolean isRequestLine(String line) {
    // Netty has its own words for an address without a version, and for one that is too long.
    return REQUEST_LINE.matcher(line).matches();
  }

  /** A line that goes on with the one before, or has a carriage return in it, is none. */
  private static boolean isHeader(String line) {
    return line.charAt(0) != ' ' && line.charAt(0) != '\t' && line.indexOf('\r') < 0;
  }
}
