package io.kbsserver.mail.delivery;

import java.util.Arrays;
import java.util.Locale;

/** What becomes of the mails that are owed. */
public enum MailMode {
  /** They are sent. */
  SEND,
  /** They are written down as if they were, and nobody gets any. */
  RECORD,
  /** There are none. */
  OFF;

  /** The one that is written so. */
  public static MailMode parse(String text) {
    return Arrays.stream(values())
        .filter(mode -> mode.written().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("is none of send, record and off: " + text));
  }

  /** As it is written in the configuration. */
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }
}
