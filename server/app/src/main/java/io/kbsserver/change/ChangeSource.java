package io.kbsserver.change;

import java.util.Locale;

/** By which way a change came. */
public enum ChangeSource {
  API,
  COMMAND,
  IMPORT,
  MAIL;

  /** As it stands in the log and in answers. */
  public String kept() {
    return name().toLowerCase(Locale.ROOT);
  }
}
