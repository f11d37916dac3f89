package io.kbsserver.http;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What an operator reads: the lines of the log from now on, those of libraries included. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

  private LogLines() {}

  static LogLines fromNowOn() {
    LogLines lines = new LogLines();
    lines.start();
    root().addAppender(lines);
    return lines;
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.getFormattedMessage();
    event.getMDCPropertyMap();
    events.add(event);
  }

  /** All lines so far. */
  List<String> all() {
    return events.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  /** Those of a request. */
  List<String> ofRequest(String id) {
    return events.stream()
        .filter(event -> id.equals(event.getMDCPropertyMap().get("requestId")))
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  /** Those that came with a stack trace. */
  List<String> withTraces() {
    return events.stream()
        .filter(event -> event.getThrowableProxy() != null)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    root().detachAppender(this);
  }
}
