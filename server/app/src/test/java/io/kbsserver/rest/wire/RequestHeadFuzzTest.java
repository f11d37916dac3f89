package io.kbsserver.rest.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kbsserver.rest.body.FormBody;
import io.kbsserver.testing.LongInput;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Requests begin and end at the same bytes, however these arrive; addresses can be read. */
class RequestHeadFuzzTest {

  private static final String REFUSED = "refused";

  @FuzzTest(maxDuration = "2m")
  void itMattersNotHowTheyArrive(byte[] bytes) {
    List<String> whole = requests(bytes, Math.max(1, bytes.length));
    for (int piece : List.of(1, 3, 16)) {
      assertEquals(whole, requests(bytes, piece));
    }
  }

  /** What the decoder tells: heads, bodies, and where it refuses to go on. */
  private static List<String> requests(byte[] bytes, int piece) {
    EmbeddedChannel channel =
        new EmbeddedChannel(new StrictRequestDecoder(new HttpDecoderConfig()));
    List<String> told = new ArrayList<>();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < bytes.length; i += piece) {
      byte[] next = Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + piece));
      channel.writeInbound(Unpooled.wrappedBuffer(next));
      for (HttpObject one = channel.readInbound(); one != null; one = channel.readInbound()) {
        tell(one, told, body);
        ReferenceCountUtil.release(one);
      }
    }
    channel.finishAndReleaseAll();
    told.add("open: " + body.toString(ISO_8859_1));
    // Nothing is read behind what is refused.
    int refused = told.indexOf(REFUSED);
    return refused < 0 ? told : told.subList(0, refused + 1);
  }

  private static void tell(HttpObject one, List<String> told, ByteArrayOutputStream body) {
    if (one.decoderResult().isFailure()) {
      told.add(REFUSED);
      return;
    }
    if (one instanceof HttpRequest request) {
      told.add(request.method() + " " + request.uri() + " " + request.headers().entries());
    }
    if (one instanceof HttpContent content) {
      body.writeBytes(ByteBufUtil.getBytes(content.content()));
    }
    if (one instanceof LastHttpContent last) {
      told.add("body: " + body.toString(ISO_8859_1) + last.trailingHeaders().entries());
      body.reset();
    }
  }

  @FuzzTest(maxDuration = "2m")
  void anAddressCanBeReadAndStaysWhatItIs(byte[] bytes) {
    String escaped = RequestTarget.escaped(new String(bytes, ISO_8859_1));
    assertEquals(escaped, RequestTarget.escaped(escaped));
    boolean control = escaped.chars().anyMatch(c -> c < ' ' || c == 0x7F);
    if (escaped.startsWith("/") && !control) {
      URI address = URI.create(escaped);
      assertTrue(address.getRawPath().startsWith("/"), escaped);
      if (address.getRawQuery() != null) {
        FormBody.query(address.getRawQuery());
      }
    }
  }

  @FuzzTest(maxDuration = "2m")
  void longOnesTakeTheirTime(byte[] seed) {
    LongInput.takesItsTime(seed, bytes -> requests(bytes, bytes.length));
    LongInput.takesItsTime(seed, this::anAddressCanBeReadAndStaysWhatItIs);
  }
}
