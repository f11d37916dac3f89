package io.kbsserver.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Who may call an operation at all, whatever it is called for. */
public enum Callers {
  /** Everybody. */
  ANYONE,
  /** Whoever has logged in. */
  LOGIN,
  /** Those with the right to edit tickets, whether they work on them or not. */
  STAFF,
  /** Those who work on tickets and, where the site lets them, customers. */
  REPLIER,
  /** Those who work on tickets. */
  AGENT,
  /** Those who run the help desk or the site. */
  MANAGER,
  /** Those of them who are agents, too. */
  TICKET_ADMIN;

  /** Whether there are logins whom it leaves out. */
  public boolean areFew() {
    return this != ANYONE && this != LOGIN;
  }

  /** What the mark {@code x-kbs-caller} says; without one it is whoever the security admits. */
  static Callers of(JsonNode operation) {
    if (operation.has("security") && needsNoLogin(operation.get("security"))) {
      return ANYONE;
    }
    return operation.has("x-kbs-caller") ? named(operation.get("x-kbs-caller").asText()) : LOGIN;
  }

  static Callers named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
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
