package io.kbsserver.compare;

import io.kbsserver.compare.Finding.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How two sites compare.
 *
 * @param original the address of the one
 * @param replacement the address of the other
 * @param findings one a request, in the order in which they were sent
 * @param skipped how many requests were not sent, and why
 * @param stopped why not all requests were sent, null where they were
 */
public record SiteReport(
    String original,
    String replacement,
    List<Finding> findings,
    Map<Skip, Integer> skipped,
    @Nullable String stopped) {

  /** What two answers do not tell about a site. */
  public static final String NOTE =
      "Names in [brackets] are rows of COMPATIBILITY.md. Two answers do not tell all: that tickets"
          + " which can be one customer's are that customer's, or that one is protected by a password, is taken for granted where a row needs"
          + " it.";

  /** How many requests came out so. */
  public long count(Outcome outcome) {
    return findings.stream().filter(finding -> finding.outcome() == outcome).count();
  }

  /** How many were refused alike by both. */
  public long refusedAlike() {
    return findings.stream()
        .filter(finding -> finding.outcome() == Outcome.AGREES && finding.status() >= 400)
        .count();
  }

  /** Those that somebody should look at, the explained ones last. */
  public List<Finding> toLookAt() {
    return findings.stream()
        .filter(finding -> finding.outcome() != Outcome.AGREES)
        .sorted(Comparator.comparing(finding -> finding.outcome() == Outcome.EXPLAINED))
        .toList();
  }

  /** Whether sites agree about something, and nothing differs that is not meant to. */
  public boolean isClean() {
    return count(Outcome.AGREES) > 0
        && stopped == null
        && count(Outcome.DIFFERS) == 0
        && count(Outcome.FAILED) == 0;
  }
}
