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
 * @param listsNothing whether the original refuses every list, as the plugin does as it was shipped
 * @param findings one a request, in the order in which they were sent
 * @param groups all differences by field and row: first those that no row explains
 * @param skipped how many requests were not sent, and why
 * @param stopped why not all requests were sent, null where they were
 */
public record SiteReport(
    String original,
    String replacement,
    boolean listsNothing,
    List<Finding> findings,
    List<DifferenceGroup> groups,
    Map<Skip, Integer> skipped,
    @Nullable String stopped) {

  /** What two answers do not tell about a site. */
  public static final String NOTE =
      "Two answers do not tell all. That tickets which can be one customer's are that customer's,"
          + " or that one is protected by a password, is taken for granted where a row needs it.";

  /** What to make of a site that lists nothing. */
  public static final String LISTS_NOTHING =
      "The original lists no tickets: it answers 400 to every list, as KB Support 1.6.1 does as it"
          + " was shipped. That is the plugin's fault, and no list could be compared; single"
          + " tickets, customers and companies were.";

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

  /** The requests that were not answered. */
  public List<Finding> failures() {
    return findings.stream().filter(finding -> finding.outcome() == Outcome.FAILED).toList();
  }

  /** Whether something was compared, and nothing differs that is not meant to. */
  public boolean isClean() {
    return !findings.isEmpty()
        && stopped == null
        && count(Outcome.DIFFERS) == 0
        && count(Outcome.FAILED) == 0;
  }

  /** The same in a sentence. */
  public String verdict() {
    if (isClean()) {
      return count(Outcome.EXPLAINED) == 0
          ? "All answers agree."
          : "All answers agree, or differ as COMPATIBILITY.md says.";
    }
    if (findings.isEmpty()) {
      return "Nothing was compared.";
    }
    long differ = count(Outcome.DIFFERS);
    long failed = count(Outcome.FAILED);
    return differ == 0
        ? "Nothing differs that is not meant to, but not all was answered."
        : "Not all is as it is meant to be: "
            + differ
            + (differ == 1 ? " request is" : " requests are")
            + " answered differently"
            + (failed == 0 ? "." : ", and not all were answered.");
  }
}
