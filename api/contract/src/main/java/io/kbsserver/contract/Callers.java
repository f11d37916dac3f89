package io.kbsserver.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Who may call an operation at all, whatever it is called for. */
public enum Callers {
  /** Everybody. */
  ANYONE,
  /** Whoever has logged in. */
  LOGIN,
  /** Those who work on tickets and, where the site lets them, customers. */
  REPLIER,
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
    if (operation.has("security") && needsNoLogin(operation.get("security"))) {
      return ANYONE;
    }
    return operation.has("x-kbs-caller")
        ? valueOf(operation.get("x-kbs-caller").asText().toUpperCase(Locale.ROOT))
        : LOGIN;
  }

  /** Nothing is asked for, or nothing is one of the ways. */
  private static boolean needsNoLogin(JsonNode security) {
    for (JsonNode way : security) {
      if (way.isEmpty()) {
        return true;
      }
    }
    return security.isEmpty();
  }
}
