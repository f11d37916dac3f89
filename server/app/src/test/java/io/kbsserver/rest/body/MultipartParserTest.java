package io.kbsserver.rest.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kbsserver.rest.body.MultipartParser.BrokenFormException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartParserTest {

  /** Each part as its headers, a bar, and its content. */
  private static final class Recorder implements MultipartParser.Parts {

    private final List<String> parts = new ArrayList<>();
    private StringBuilder part;

    @Override
    public void begin(String headers) {
      part = new StringBuilder(headers.strip()).append('|');
    }

    @Override
    public void content(byte[] bytes, int start, int length) {
      part.append(new String(bytes, start, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void end() {
      parts.add(part.toString());
    }
  }

  private static List<String> parsed(String form, int piece) {
    Recorder recorder = new Recorder();
    MultipartParser parser = new MultipartParser("B", recorder);
    byte[] bytes = form.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < bytes.length; i += piece) {
      parser.parse(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + piece)));
    }
    parser.finish();
    return recorder.parts;
  }

  /** However the bytes arrive. */
  private static void assertParts(String form, String... parts) {
    for (int piece = 1; piece <= form.length(); piece++) {
      assertEquals(List.of(parts), parsed(form, piece), "in pieces of " + piece);
    }
  }

  @Test
  void aPartIsWhatStandsBetweenTwoDelimiters() {
    assertParts(
        "--B\r\nA: 1\r\n\r\nx\r\n--B\r\nA: 2\r\nB: 3\r\n\r\ny\r\n--B--\r\n",
        "A: 1|x",
        "A: 2\r\nB: 3|y");
  }

  @Test
  void linesMayEndWithALineFeedAlone() {
    assertParts("--B\nA: 1\n\nx\n--B\nA: 2\n\ny\n\n--B--", "A: 1|x", "A: 2|y\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n",
        "\r",
        "\n",
        "\r\r\n\r\n",
        "::--B",
        "-",
        "x\r\n--",
        "x\r\n--Bx",
        "x\r\n--B-x",
        "x\r\n--B\rx",
        "x\r\n--B\r",
        "x\r\n --B",
        "\r\n--A\r\n",
        "\r\n\r\n--b\r\n",
        "x--B--",
        "\u0000\u00FF\u0080"
      })
  void whatIsNoDelimiterIsContent(String content) {
    assertParts("--B\r\nA: 1\r\n\r\n" + content + "\r\n--B--\r\n", "A: 1|" + content);
  }

  @Test
  void aPartMayHaveNoHeadersAndNoContent() {
    assertParts("--B\r\n\r\nx\r\n--B\r\n\r\n\r\n--B\r\nA: 1\r\n\r\n--B--", "|x", "|", "A: 1|");
  }

  @Test
  void whatStandsBeforeTheFirstPartAndBehindTheLastIsNone() {
    assertParts("to whom\r\n--it may\r\n--B\r\n\r\nx\r\n--B--\r\n--B\r\n\r\nconcern", "|x");
    assertParts("--B--");
  }

  @Test
  void theHyphensAtTheEndMayBeMissing() {
    assertParts("--B\r\n\r\nx\r\n--B", "|x");
    assertParts("--B\r\n\r\nx\r\n--B\r\n", "|x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "--A\r\n\r\nx\r\n--A--", "--B\r\nA: 1", "--B\r\n\r\n", "--B\r\n\r\nx\r\n--"})
  void aFormThatIsCutOffIsNone(String form) {
    assertThrows(BrokenFormException.class, () -> parsed(form, form.length()));
    assertThrows(BrokenFormException.class, () -> parsed(form, 1));
  }

  @Test
  void headersHaveAnEnd() {
    String most = "A".repeat(16 * 1024 - 4);
    assertEquals(List.of(most + "|"), parsed("--B\r\n" + most + "\r\n\r\n\r\n--B--", 1000));
    String form = "--B\r\n" + most + "A\r\n\r\n\r\n--B--";
    assertThrows(BrokenFormException.class, () -> parsed(form, 1000));
  }
}
