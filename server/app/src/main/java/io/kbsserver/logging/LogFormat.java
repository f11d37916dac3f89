package io.kbsserver.logging;

import java.util.Locale;

/** Whom the log is for. */
public enum LogFormat {
  /** People: a line for each event, and the trace of a failure below it. */
  TEXT,
  /** Programs: a JSON object for each event, on a line of its own. */
  JSON;

  /** Reads the setting; a mistake is told as the end of a sentence. */
  public static LogFormat parse(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default -> throw new IllegalArgumentException("is neither text nor json: " + text.strip());
    };
  }

  /** The same before anybody can be told of a mistake: logs are for people then. */
  static LogFormat of(String text) {
    return text.strip().equalsIgnoreCase(JSON.name()) ? JSON : TEXT;
  }
}
