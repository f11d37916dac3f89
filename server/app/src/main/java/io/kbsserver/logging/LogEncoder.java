package io.kbsserver.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/**
 * Writes the lines of the log, for people or for programs. Secrets are taken out here, of what
 * every library logs at every level, since here all of it comes by.
 */
public final class LogEncoder extends EncoderBase<ILoggingEvent> {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String FOR_PEOPLE =
      "%d{\"yyyy-MM-dd'T'HH:mm:ss'Z'\", UTC} %-5level "
          // In brackets, where there is one.
          + "%replace([%X{"
          + RequestIdInLogs.NAME
          + "}] ){'^\\[\\] $', ''}%msg%n%ex";

  /** But for ends of lines and tabs, what moves a cursor or turns the direction of a text. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\u2028-\\u202E\\u2066-\\u2069&&[^\\n\\r\\t]]|\\r(?!\\n)");

  private String format = LogFormat.TEXT.name();
  private Encoder<ILoggingEvent> lines = new PatternLayoutEncoder();

  /** Logback sets what stands in its configuration. */
  public void setFormat(String format) {
    this.format = format;
  }

  @Override
  public void start() {
    lines = LogFormat.of(format) == LogFormat.JSON ? json() : text();
    lines.setContext(getContext());
    lines.start();
    super.start();
  }

  private static Encoder<ILoggingEvent> text() {
    PatternLayoutEncoder text = new PatternLayoutEncoder();
    text.setCharset(UTF_8);
    text.setPattern(FOR_PEOPLE);
    return text;
  }

  private static Encoder<ILoggingEvent> json() {
    JsonEncoder json = new JsonEncoder();
    json.setWithSequenceNumber(false);
    json.setWithNanoseconds(false);
    json.setWithContext(false);
    json.setWithArguments(false);
    json.setWithMessage(false);
    json.setWithFormattedMessage(true);
    return json;
  }

  @Override
  public byte[] headerBytes() {
    return lines.headerBytes();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = new String(lines.encode(event), UTF_8);
    return (lines instanceof JsonEncoder ? hideInJson(line) : shown(Secrets.hide(line)))
        .getBytes(UTF_8);
  }

  /** As a terminal may have it: strangers choose some of it. */
  private static String shown(String line) {
    return UNPRINTABLE.matcher(line).replaceAll("\uFFFD");
  }

  /** In each text as it is, and not as JSON writes it: what quotes a secret is escaped there. */
  private static String hideInJson(String line) {
    try {
      return hide(JSON.readTree(line)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode hide(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(hide(field.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, hide(array.get(i)));
      }
    }
    return node.isTextual() ? TextNode.valueOf(Secrets.hide(node.textValue())) : node;
  }

  @Override
  public byte[] footerBytes() {
    return lines.footerBytes();
  }
}
