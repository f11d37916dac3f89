package io.kbsserver.site;

import java.time.ZoneId;
import java.util.List;

/**
 * The settings of the help desk that are in force.
 *
 * @param name what the site is called
 * @param description what it is, in a few words
 * @param zone the zone in which dates without an offset are meant
 * @param sequentialNumbers whether tickets have numbers of their own; their ids serve otherwise
 * @param numberPrefix what stands before a new ticket's number
 * @param numberSuffix what stands behind it
 * @param firstNumber the number to start with
 * @param departments whether tickets belong to departments
 * @param multipleAgents whether a ticket may have additional agents
 * @param participants whether those who take part in a ticket may see it
 * @param adminAgents whether administrators are agents
 * @param restrictAgentView whether agents see only what concerns them
 * @param ticketsDisabled whether the ticket routes are switched off
 * @param assignment how new tickets find their agent
 * @param bannedEmails addresses, or parts of addresses, that may not open tickets
 * @param lenient whether values that name nothing are ignored rather than refused
 */
public record Site(
    String name,
    String description,
    ZoneId zone,
    boolean sequentialNumbers,
    String numberPrefix,
    String numberSuffix,
    long firstNumber,
    boolean departments,
    boolean multipleAgents,
    boolean participants,
    boolean adminAgents,
    boolean restrictAgentView,
    boolean ticketsDisabled,
    Assignment assignment,
    List<String> bannedEmails,
    boolean lenient) {

  /**
   * Whether what the contract ties to this name is on; always so for null.
   *
   * @param setting {@code tickets} or {@code enable_departments}
   */
  public boolean isOn(String setting) {
    if (setting == null) {
      return true;
    }
    return switch (setting) {
      case "tickets" -> !ticketsDisabled;
      case "enable_departments" -> departments;
      default -> throw new IllegalArgumentException("The contract names no switch " + setting);
    };
  }

  /**
   * Whether a text looks like the number of a ticket on a site whose numbers have odd characters.
   */
  public boolean mayBeOddTicketNumber(String text) {
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
}
