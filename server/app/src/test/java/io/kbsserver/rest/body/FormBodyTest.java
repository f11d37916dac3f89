package io.kbsserver.rest.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.rest.errors.RestException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms and query strings. */
class FormBodyTest {

  private static Map<String, Object> form(String text) {
    return form(text, UTF_8);
  }

  private static Map<String, Object> form(String text, Charset charset) {
    return FormBody.urlEncoded(text.getBytes(ISO_8859_1), charset).values();
  }

  @ParameterizedTest
  @CsvSource({
    "a=b, b",
    "a=b+c, b c",
    "a=b%20c, b c",
    "a=%C3%A4, ä",
    "a=b=c, b=c",
    "a=100%, 100%",
    "a=%zz, %zz",
    "a=%4, %4",
    "a, ''",
    "a=, ''",
    "&&a=b&, b",
    "=x&a=b, b",
    "a=x&a=b, b",
    "%61=b, b"
  })
  void aPairIsANameAndAValue(String text, String value) {
    assertEquals(Map.of("a", value), form(text));
  }

  @Test
  void aFormIsInItsCharsetOrInTheOneThatItNames() {
    assertEquals(Map.of("a", "ä"), form("a=%E4", ISO_8859_1));
    assertEquals(Map.of("_charset_", "latin1", "a", "ä"), form("_charset_=latin1&a=%E4"));
    assertEquals(
        Map.of("_charset_", "latin1", "a", "ä"),
        form("_charset_=UTF-8&a=%E4&_charset_=latin1", UTF_8));
  }

  @Test
  void whatIsNoTextIsRefusedByName() {
    InvalidParameters refused = assertThrows(InvalidParameters.class, () -> form("a[b]=%E4&c=d"));
    assertEquals(Set.of("a"), refused.faults().keySet());
    assertEquals("a is not valid UTF-8.", refused.faults().get("a").message());
  }

  @Test
  void aFormHasUpToTenThousandParameters() {
    assertEquals(Map.of("a", ""), form("a" + "&a".repeat(9_999)));
    RestException refused =
        assertThrows(RestException.class, () -> form("a" + "&a".repeat(10_000)));
    assertEquals("rest_too_many_params", refused.code());
  }

  @Test
  void ofAQueryWhatCouldBeReadIsKept() {
    FormBody.Reading whole = FormBody.query("a=b");
    assertEquals(Map.of("a", "b"), whole.parameters().values());
    assertNull(whole.refusal());
    FormBody.Reading part = FormBody.query("a=b&c=%E4");
    assertEquals(Map.of("a", "b", "c", ""), part.parameters().values());
    assertEquals(InvalidParameters.class, part.refusal().getClass());
    FormBody.Reading none = FormBody.query("a" + "&a".repeat(10_000));
    assertEquals(Parameters.NONE, none.parameters());
    assertEquals(RestException.class, none.refusal().getClass());
  }

  @Test
  void aQueryIsUtf8WhateverItSays() {
    assertEquals("ä", FormBody.query("_charset_=latin1&a=%C3%A4").parameters().values().get("a"));
  }

  @Test
  void theParameterOfAFileIsItsNameWithoutBrackets() {
    ParameterText texts = new ParameterText(UTF_8);
    assertEquals("files", FormBody.parameter("files[0][]".getBytes(UTF_8), texts));
    assertEquals("files", FormBody.parameter("files".getBytes(UTF_8), texts));
  }

  @Test
  void aNameThatComesAgainIsRemembered() {
    Parameters parameters = FormBody.urlEncoded("a=1&b=2&a=3".getBytes(UTF_8), UTF_8);
    assertEquals(Map.of("a", List.of("1", "3")), parameters.repeated());
  }
}
