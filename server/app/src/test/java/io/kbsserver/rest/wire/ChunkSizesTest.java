package io.kbsserver.rest.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks come in whatever pieces the network makes of them. */
class ChunkSizesTest {

  /**
   * How many bytes are taken before something is refused, if they come in pieces of this length.
   */
  private static int taken(String body, int length) {
    ByteBuf bytes = Unpooled.copiedBuffer(body, StandardCharsets.ISO_8859_1);
    ChunkSizes sizes = new ChunkSizes();
    for (int at = 0; at < body.length(); at += length) {
      if (!sizes.take(bytes, at, Math.min(at + length, body.length()))) {
        return at;
      }
    }
    return body.length();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nabcde\r\n0\r\n\r\n",
        "0F\r\n0 0 0 0 0 0 0 0\r\n00\r\n\r\n",
        "a;x=\"y z\"\r\n\r\n\r\n\r\n\r\n\r\n\r\n0;y\r\nX: y\r\n\r\n",
        "1 \t;x\r\n \r\n0\t;y\r\n5 : no chunk any more\r\n\r\n"
      })
  void aWellFormedBodyIsTakenInPiecesOfAnyLength(String body) {
    for (int length = 1; length <= body.length(); length++) {
      assertEquals(body.length(), taken(body, length), "in pieces of " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1\r\na\r\n ",
        "1\r\na\r\n1 \r",
        "1\r\na\r\n1 0",
        "1\r\na\r\n1,",
        "1\r\na\r\n1\n",
        "1\r\na\r\n1\r1",
        "1\r\na\r\n\r",
        "1\r\na\r\n0x",
        "1\r\na\r\n-",
        "1\r\na\r\n\u00b2",
        "1\r\na\r\n0000000000000000"
      })
  void whatIsNotIsRefusedAtTheFirstCharacterThatIsWrong(String body) {
    assertEquals(body.length() - 1, taken(body, 1));
  }
}
