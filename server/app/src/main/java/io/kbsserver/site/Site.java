package io.kbsserver.site;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of the help desk that are in force: a value for each {@link Setting}. */
public final class Site {

  private final Map<Setting<?>, Object> values = new IdentityHashMap<>();
  private final String fingerprint;

  /** Of a site that keeps these values, by the names of the settings. */
  Site(Map<String, String> kept) {
    // Read once: an answer asks many times, and one that means nothing is found here.
    Setting.ALL.forEach(setting -> values.put(setting, setting.in(kept)));
    this.fingerprint = fingerprint(new TreeMap<>(kept));
  }

  private static String fingerprint(SortedMap<String, String> kept) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      kept.forEach(
          (name, value) ->
              sha256.update((name + '\0' + value + '\0').getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** What tells it from a site that keeps other values. */
  public String fingerprint() {
    return fingerprint;
  }

  /** The value in force. */
  @SuppressWarnings("unchecked") // Each was put there by the setting that it is of.
  public <T> T get(Setting<T> setting) {
    return (T) requireNonNull(values.get(setting));
  }

  /**
   * Whether what the contract ties to this name is on; always so for null.
   *
   * @param setting {@code tickets} or {@code enable_departments}
   */
  public boolean isOn(@Nullable String setting) {
    if (setting == null) {
      return true;
    }
    return switch (setting) {
      case "tickets" -> !get(Setting.DISABLE_TICKETS);
      case "enable_departments" -> get(Setting.ENABLE_DEPARTMENTS);
      default -> throw new IllegalArgumentException("The contract names no switch " + setting);
    };
  }

  /**
   * Whether a text looks like the number of a ticket on a site whose numbers have odd characters.
   */
  public boolean mayBeOddTicketNumber(String text) {
    String numberPrefix = get(Setting.TICKET_PREFIX);
    String numberSuffix = get(Setting.TICKET_SUFFIX);
    return text.chars().noneMatch(Character::isISOControl)
        && !(numberPrefix + numberSuffix).matches("[A-Za-z0-9]*")
        && text.length() > numberPrefix.length() + numberSuffix.length()
        && text.regionMatches(true, 0, numberPrefix, 0, numberPrefix.length())
        && text.regionMatches(
            true, text.length() - numberSuffix.length(), numberSuffix, 0, numberSuffix.length());
  }

  /** How a new ticket finds its agent. */
  public enum Assignment {
    /** As the request says. */
    AS_REQUESTED,
    /** The agent with the fewest open tickets. */
    LEAST_LOADED,
    /** Any agent. */
    RANDOM
  }

  /** What mails look like. */
  public enum MailTemplate {
    /** A page with a picture, a heading, the text, and the name of the site below. */
    PAGE,
    /** The picture, the heading and the text. */
    BASIC,
    /** Text alone, without HTML. */
    TEXT
  }
}
