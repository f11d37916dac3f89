package io.kbsserver.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Who may call an operation at all, whatever it is called for. */
public enum Callers {
  /** Everybody. */
  ANYONE,
  /** Whoever has logged in. */
  LOGIN,
  /** Those who work on tickets. */
  AGENT,
  /** Those who run the help desk or the site. */
  MANAGER;

  /** Whether there are logins whom it leaves out. */
  public boolean areFew() {
    return this != ANYONE && this != LOGIN;
  }

  /** What the mark {@code x-kbs-caller} says; without one it is whoever the security admits. */
  static Callers of(JsonNode operation) {
    if (operation.has("security") && operation.get("security").isEmpty()) {
      return ANYONE;
    }
    return operation.has("x-kbs-caller")
        ? valueOf(operation.get("x-kbs-caller").asText().toUpperCase(Locale.ROOT))
        : LOGIN;
  }
}
