package io.kbsserver.rest.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The target of a request line, as an address ought to be written. */
class RequestTargetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/azAZ09",
        "/?a=b&c=d",
        "/-._~!$&'()*,;=:@",
        "/%41%zZ?%4",
        "/a?b+c",
        "a",
        "\t\u007F"
      })
  void whatIsWrittenAsItOughtToBeStays(String target) {
    String escapedPercents = target.replace("%zZ", "%25zZ").replaceAll("%4$", "%254");
    assertEquals(escapedPercents, RequestTarget.escaped(target));
  }

  @ParameterizedTest
  @CsvSource({
    "/ä, /%E4",
    "/a b, /a%20b",
    "/a+b, /a%2Bb",
    "/a+b?c+d, /a%2Bb?c+d",
    "/[a], /%5Ba%5D",
    "/{, /%7B",
    "/`, /%60",
    "/@, /@",
    "/^, /%5E",
    "/100%, /100%25",
    "/%a, /%25a",
    "/%ag, /%25ag",
    "/%ga, /%25ga",
    "/%aF, /%aF"
  })
  void otherBytesAreEscaped(String target, String escaped) {
    assertEquals(escaped, RequestTarget.escaped(target));
  }

  @ParameterizedTest
  @CsvSource({
    "http://help.example/a?b, /a?b",
    "http://help.example?b, /?b",
    "http://help.example, /",
    "http://, /",
    "://a/b, ://a/b",
    "/a://b/c, /a://b/c",
    "//a/b, /%2Fa/b"
  })
  void whoIsAskedIsNotPartOfTheTarget(String target, String escaped) {
    assertEquals(escaped, RequestTarget.escaped(target));
  }
}
