package io.kbsserver.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a secret in a text is one in JSON, which stays JSON. */
class LogEncoderTest {

  private static String logged(String format, String message) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    LogEncoder encoder = new LogEncoder();
    encoder.setContext(context);
    encoder.setFormat(format);
    encoder.start();
    LoggingEvent event =
        new LoggingEvent(
            LogEncoderTest.class.getName(),
            context.getLogger("test"),
            Level.INFO,
            message,
            new IllegalStateException(message, new IllegalArgumentException(message)),
            null);
    return new String(encoder.encode(event), UTF_8);
  }

  /** Strangers choose what they ask for, and people read it in terminals. */
  @Test
  void whatMovesACursorIsNoneForPeople() {
    String logged = logged("text", "a\u001b[2J\u009b2Jb\u0085c\u2028d\u202Ee\rf\r\ng\th ä 😀");
    assertTrue(
        logged.contains("a\uFFFD[2J\uFFFD2Jb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\r\ng\th ä 😀"), logged);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password=\"secret\"",
        "password=\"secret\", next=\"a\\\\b\"",
        "{\"password\":\"secret\"}",
        "{\\\"password\\\":\\\"secret\\\"}",
        "password=secret\\",
        "password=secret\nnext",
        "authorization=[\"secret\"]",
        "Authorization: secret\\",
        "Basic secret\\",
        "http://ann:secret\\@host/"
      })
  void whateverQuotesASecret(String message) throws Exception {
    for (String format : new String[] {"text", "json"}) {
      String logged = logged(format, message);
      assertFalse(logged.contains("secret"), logged);
      assertTrue(logged.contains("***"), logged);
    }
    String line = logged("json", message);
    assertEquals(1, line.lines().count());
    assertTrue(line.endsWith("\n"));
    JsonNode event = new ObjectMapper().readTree(line);
    String hidden = Secrets.hide(message);
    assertEquals(hidden, event.path("formattedMessage").textValue());
    assertEquals(hidden, event.at("/throwable/message").textValue());
    assertEquals(hidden, event.at("/throwable/cause/message").textValue());
  }
}
