package io.kbsserver.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Authorization: Basic YTpi, Host: x|Authorization: ***",
        "authorization=[basic YTpi]|authorization=[***]",
        "\"Authorization\":\"Bearer a.b.c\"}|\"Authorization\":\"***\"}",
        "sent Basic YTpi and Bearer xyz|sent Basic *** and Bearer ***",
        "Proxy-Authorization: anything else|Proxy-Authorization: ***",
        "jdbc:mysql://db/kbs?user=a&password=se-cret&x=1|jdbc:mysql://db/kbs?user=a&password=***&x=1",
        "{user=a, password=secret}|{user=a, password=***}",
        "\"password\":\"secret\",|\"password\":\"***\",",
        "passwd: secret|passwd: ***",
        "{\\\"password\\\":\\\"secret\\\",|{\\\"password\\\":\\\"***\\\",",
        "password=\\\"secret\\\"|password=\\\"***\\\"",
        "password=\"more than (one) word\", user=\"a\"|password=\"***\", user=\"a\"",
        "password='secret' for a|password='***' for a",
        "password=\"\", user=\"a\"|password=\"\", user=\"a\"",
        "{\\\"Authorization\\\":\\\"some thing\\\"}|{\\\"Authorization\\\":\\\"***\\\"}",
        "http://ann:secret@host/|http://ann:***@host/",
        "http://host:8080/a@b|http://host:8080/a@b",
        "The password does not fit|The password does not fit"
      })
  void whatIsNamedIsHidden(String text, String hidden) {
    assertEquals(hidden, Secrets.hide(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"password=\"", "password=\\\"", "password=", "Authorization: ", "Basic "})
  void aLongOneIsHiddenAsWell(String label) {
    assertEquals(label + "***", Secrets.hide(label + "ab\\".repeat(200_000)));
  }

  @Test
  void whatIsKnownIsHiddenWhereverItStandsAndHoweverItIsWritten() {
    Secrets.keep("a \"quoted\" one");
    Secrets.keep("abc");
    assertEquals("x***y", Secrets.hide("xa \"quoted\" oney"));
    assertEquals("x***y", Secrets.hide("xa \\\"quoted\\\" oney"));
    assertEquals("abcd", Secrets.hide("abcd"));
  }

  @Test
  void whatIsNewIsHiddenButNotKeptForEver() {
    Secrets.keepForAMinute("just made");
    assertEquals("***", Secrets.hide("just made"));
    List<String> many = IntStream.range(0, 3_000).mapToObj(i -> "made-" + i + ".").toList();
    many.forEach(Secrets::keepForAMinute);
    long hidden = many.stream().filter(secret -> !Secrets.hide(secret).equals(secret)).count();
    assertTrue(hidden <= 1_000, () -> hidden + " of them are kept");
  }

  @Test
  void whatTheRequestWasSentWithIsHidden() {
    HttpRequest<?> basic = HttpRequest.GET("/").header("Authorization", "Basic YW5uOnNlY3JldA==");
    ServerRequestContext.with(
        basic,
        () ->
            assertEquals(
                "ann *** *** ***",
                Secrets.hide("ann secret YW5uOnNlY3JldA== Basic YW5uOnNlY3JldA==")));
    HttpRequest<?> other = HttpRequest.GET("/").header("Authorization", "schemeless");
    ServerRequestContext.with(
        other, () -> assertFalse(Secrets.hide("schemeless is none").contains("schemeless")));
  }
}
