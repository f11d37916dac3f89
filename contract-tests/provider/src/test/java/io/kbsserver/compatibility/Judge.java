package io.kbsserver.compatibility;

import io.kbsserver.compare.Cover;
import io.kbsserver.compare.Deviation;
import io.kbsserver.compare.Difference;
import io.kbsserver.compare.Situation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether an answer is as it should be, and remembers what the list of deviations was
 * needed for.
 */
final class Judge {

  /**
   * What was decided about one exchange.
   *
   * @param verdict the decision
   * @param reasons the rows that were needed
   * @param complaints what is wrong, in words; empty unless something is
   */
  record Decision(Verdict verdict, Set<String> reasons, List<String> complaints) {}

  private final List<Deviation> deviations = Deviation.all();
  private final Map<Cover, Integer> bites = new LinkedHashMap<>();

  /** Decides about one answer. */
  Decision decide(Situation situation, List<Difference> differences) {
    return differences.isEmpty()
        ? new Decision(Verdict.AGREES, Set.of(), List.of())
        : claim(situation, differences);
  }

  private Decision claim(Situation situation, List<Difference> differences) {
    Set<String> rows = new LinkedHashSet<>();
    List<String> unclaimed = new ArrayList<>();
    for (Difference difference : differences) {
      Optional<String> row = claimant(situation, difference);
      row.ifPresentOrElse(rows::add, () -> unclaimed.add(difference.toString()));
    }
    return new Decision(unclaimed.isEmpty() ? Verdict.CLAIMED : Verdict.DIFFERS, rows, unclaimed);
  }

  /** The first row that means this difference, so that no row hides behind another. */
  private Optional<String> claimant(Situation situation, Difference difference) {
    for (Deviation deviation : deviations) {
      Optional<Cover> cover = deviation.claims(situation, difference);
      if (cover.isPresent()) {
        bites.merge(cover.get(), 1, Integer::sum);
        return Optional.of(deviation.id());
      }
    }
    return Optional.empty();
  }

  List<Deviation> deviations() {
    return deviations;
  }

  /** How many differences this cover has claimed. */
  int bites(Cover cover) {
    return bites.getOrDefault(cover, 0);
  }
}
