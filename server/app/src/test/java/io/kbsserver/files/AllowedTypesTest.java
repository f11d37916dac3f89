package io.kbsserver.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AllowedTypesTest {

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] PAGE = "<!DOCTYPE html><html><body>".getBytes(US_ASCII);
  private static final byte[] PROGRAM = {'M', 'Z', 0, 0};
  private static final byte[] BYTES = {0, 1, 2, 3};

  private final AllowedTypes usual = AllowedTypes.of(List.of());

  private boolean takes(AllowedTypes allowed, String name, byte[] content) {
    return allowed.contains(name, FileTypes.of(content, name));
  }

  @Test
  void whatASiteListsIsReadInWhateverWayItIsWritten() {
    assertEquals(
        Set.of("pdf", "png", "txt", "jpg", "gif"),
        AllowedTypes.of(List.of("PDF, .png", "txt;*.jpg|gif")).endings());
    assertTrue(AllowedTypes.of(List.of(" ")).endings().contains("pdf"), "the usual ones");
  }

  @Test
  void bothTheNameAndTheBytesHaveToBeTaken() {
    assertTrue(takes(usual, "a.png", PNG));
    assertTrue(takes(usual, "a.PNG", PNG));
    assertTrue(takes(usual, "a", PNG), "the bytes tell");
    assertFalse(takes(usual, "a.exe", PNG));
    assertFalse(takes(usual, "a.png", PROGRAM));
    assertFalse(takes(usual, "a.png", PAGE));
    assertFalse(takes(usual, "a.html", PAGE));
    assertFalse(takes(AllowedTypes.of(List.of("pdf")), "a.png", PNG));
    assertFalse(takes(AllowedTypes.of(List.of("pdf")), "a", PNG));
  }

  @Test
  void bytesThatTellNothingNeedAName() {
    assertTrue(takes(usual, "a.zip", BYTES));
    assertFalse(takes(usual, "a", BYTES));
    assertFalse(usual.contains("a.png", "no type"), "nobody knows it");
  }

  @Test
  void whatABrowserWouldRunIsBytes() {
    for (String type : List.of("text/plain", "image/png", "application/pdf", "video/mp4")) {
      assertEquals(type, FileTypes.shown(type));
    }
    assertEquals(
        "application/vnd.oasis.opendocument.text",
        FileTypes.shown("application/vnd.oasis.opendocument.text"));
    for (String type :
        List.of(
            "text/html", "image/svg+xml", "application/xml", "text/javascript", "image/png;x")) {
      assertEquals("application/octet-stream", FileTypes.shown(type));
    }
  }
}
