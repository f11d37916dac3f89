package io.kbsserver.rest.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kbsserver.rest.errors.RestException;
import java.nio.charset.Charset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which charset a form is in. */
class DeclaredCharsetTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a/b | UTF-8",
        "a/b; charset= | UTF-8",
        "a/b; charset=\"\" | UTF-8",
        "a/b; charset=latin1 | ISO-8859-1",
        "a/b;CHARSET = latin1 ;x=y | ISO-8859-1",
        "a/b; charset=\"latin1\" | ISO-8859-1",
        "a/b; charset=\" latin1 \" | ISO-8859-1",
        "a/b; charset='latin1' | ISO-8859-1"
      })
  void aContentTypeMayDeclareOne(String contentType, Charset charset) {
    assertEquals(charset, DeclaredCharset.of(contentType));
  }

  @Test
  void aCharsetThatNobodyKnowsIsRefused() {
    for (String name : new String[] {"klingon", "a:b?"}) {
      RestException refused =
          assertThrows(RestException.class, () -> DeclaredCharset.of("a/b; charset=" + name));
      assertEquals(415, refused.status().getCode());
      assertEquals("The charset " + name + " is not known.", refused.getMessage());
      assertEquals(Set.of(), refused.faults().keySet());
    }
  }

  @Test
  void theFieldOfAFormIsNamedWhereItDeclaresNone() {
    assertEquals(Charset.forName("latin1"), DeclaredCharset.ofField(" latin1 "));
    RestException refused =
        assertThrows(RestException.class, () -> DeclaredCharset.ofField("klingon"));
    assertEquals(Set.of("_charset_"), refused.faults().keySet());
    assertEquals("rest_unknown_charset", refused.faults().get("_charset_").code());
  }

  @Test
  void theParameterIsFoundAsItStands() {
    assertEquals("; charset=latin1", DeclaredCharset.parameterOf("a/b; charset=latin1; c=d"));
    assertEquals("", DeclaredCharset.parameterOf("a/b; c=d"));
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, true",
    "ISO-8859-1, true",
    "Shift_JIS, true",
    "UTF-16LE, false",
    "IBM037, false",
    "x-JISAutoDetect, false"
  })
  void namesStandInCharsetsThatContainAscii(Charset charset, boolean containsAscii) {
    assertEquals(containsAscii, DeclaredCharset.containsAscii(charset));
  }
}
