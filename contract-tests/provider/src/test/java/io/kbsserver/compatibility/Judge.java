package io.kbsserver.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.compare.Cover;
import io.kbsserver.compare.Deviation;
import io.kbsserver.compare.Difference;
import io.kbsserver.compare.SiteAnswer;
import io.kbsserver.compare.Situation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether an answer is as it should be, and remembers what the lists of deviations and of
 * pending exchanges were needed for.
 */
final class Judge {

  /**
   * What was decided about one exchange.
   *
   * @param verdict the decision
   * @param reasons the entries of the lists that were needed
   * @param complaints what is wrong, in words; empty unless something is
   */
  record Decision(Verdict verdict, Set<String> reasons, List<String> complaints) {}

  private final List<Deviation> deviations = Deviation.all();
  private final List<Pending> pending = Pending.all();
  private final Map<Cover, Integer> bites = new LinkedHashMap<>();
  private final Map<String, Integer> held = new LinkedHashMap<>();

  /** Decides about one answer. */
  Decision decide(RecordedExchange exchange, Situation situation, List<Difference> differences) {
    SiteAnswer answer = situation.got();
    Optional<Pending> waits = pending.stream().filter(entry -> entry.covers(exchange)).findFirst();
    if (waits.isPresent()
        && waits.get().route()
        && !isNoRoute(exchange.request().method(), answer)) {
      return new Decision(
          Verdict.DIFFERS,
          Set.of(),
          List.of(
              "The route exists now (%d): take it from the entry '%s' of pending.yaml"
                  .formatted(answer.status(), waits.get().id())));
    }
    if (differences.isEmpty()) {
      return new Decision(Verdict.AGREES, Set.of(), List.of());
    }
    if (waits.isEmpty()) {
      return claim(situation, differences);
    }
    Pending entry = waits.get();
    List<Difference> others =
        differences.stream().filter(found -> !entry.covers(exchange, found)).toList();
    if (others.size() < differences.size()) {
      held.merge(entry.id(), 1, Integer::sum);
    }
    Decision rest = claim(situation, others);
    return rest.verdict() == Verdict.DIFFERS
        ? rest
        : new Decision(Verdict.PENDING, Set.of(entry.id()), List.of());
  }

  /** Whether an answer says that there is no such route, in any of the ways to say so. */
  private static boolean isNoRoute(String method, SiteAnswer answer) {
    JsonNode body = answer.body();
    if (body == null) {
      return answer.status() == 404; // HEAD has nothing else to say.
    }
    boolean nothingToDescribe = method.equals("OPTIONS") && body.isArray() && body.isEmpty();
    String enveloped = body.path("body").path("code").asText("");
    return nothingToDescribe || List.of(answer.code(), enveloped).contains("rest_no_route");
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

  List<Pending> pending() {
    return pending;
  }

  /** How many differences this cover has claimed. */
  int bites(Cover cover) {
    return bites.getOrDefault(cover, 0);
  }

  /** How many exchanges this entry has held back. */
  int heldBy(Pending entry) {
    return held.getOrDefault(entry.id(), 0);
  }
}
