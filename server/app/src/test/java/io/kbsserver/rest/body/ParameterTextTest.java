package io.kbsserver.rest.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kbsserver.refusal.InvalidParameters;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bytes that are text in their charset, and those that are not. */
class ParameterTextTest {

  private static final byte[] LATIN = "\u00E4".getBytes(ISO_8859_1);

  private final ParameterText texts = new ParameterText(UTF_8);

  private static String faults(ParameterText texts) {
    return assertThrows(InvalidParameters.class, texts::refuseUnreadable).faults().toString();
  }

  @Test
  void textIsReadInItsCharset() {
    assertEquals("ä", new ParameterText(ISO_8859_1).value("a", LATIN));
    assertEquals("ä", texts.value("a", LATIN, ISO_8859_1));
    assertEquals("a", new ParameterText(ISO_8859_1).name("a".getBytes(UTF_8)));
    texts.refuseUnreadable();
    assertEquals(Optional.empty(), texts.refusal());
  }

  @Test
  void namesStandAmongAsciiWhateverTheValuesAreIn() {
    assertEquals("ab", new ParameterText(UTF_16LE).name("ab".getBytes(UTF_8)));
  }

  @Test
  void aValueThatIsNoTextIsRefusedByTheNameOfItsParameter() {
    assertEquals("", texts.value("a[b]", LATIN));
    assertEquals("{a=Fault[code=rest_invalid_text, message=a is not valid UTF-8.]}", faults(texts));
  }

  @Test
  void aNameThatIsNoTextIsEscaped() {
    assertEquals("a%E4", texts.name("a\u00E4".getBytes(ISO_8859_1)));
    assertEquals(
        "{a%E4=Fault[code=rest_invalid_text, message=a%E4 is not valid UTF-8.]}", faults(texts));
  }

  @Test
  void theNameOfTheCharsetIsAscii() {
    assertEquals("", new ParameterText(ISO_8859_1).value("_charset_", LATIN));
  }

  @Test
  void aBracketAtTheStartIsPartOfTheName() {
    texts.value("[a]", LATIN);
    assertEquals(
        "{[a]=Fault[code=rest_invalid_text, message=[a] is not valid UTF-8.]}", faults(texts));
  }

  @Test
  void aHundredAreNamed() {
    for (int i = 0; i < 101; i++) {
      texts.value("a" + i, LATIN);
    }
    InvalidParameters refused = assertThrows(InvalidParameters.class, texts::refuseUnreadable);
    assertEquals(100, refused.faults().size());
  }
}
