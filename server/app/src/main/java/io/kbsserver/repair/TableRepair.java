package io.kbsserver.repair;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Holds what is kept against what it follows from. */
@Singleton
public class TableRepair {

  /** Is told how far it has come. */
  @FunctionalInterface
  public interface Progress {
    /** So many of so many, of what is examined. */
    void at(String name, long done, long total);
  }

  /**
   * What was found.
   *
   * @param name what was examined
   * @param wrong how many did not follow from what they are made of
   */
  public record Examined(String name, long wrong) {}

  private final List<Kept> all;

  TableRepair(
      TermCountRepair terms,
      ReplyCountRepair replies,
      RevisionRepair revisions,
      PositionRepair positions,
      TextRepair texts) {
    all = new ArrayList<>(List.of(terms, replies, revisions, positions));
    for (ShownTexts made : ShownTexts.values()) {
      all.add(texts.of(made));
    }
  }

  /**
   * Examines all that is kept, one after the other.
   *
   * @param mend whether what is wrong is made right
   */
  public List<Examined> run(boolean mend, Progress progress) {
    return all.stream()
        .map(kept -> new Examined(kept.name(), kept.examine(mend, progress)))
        .toList();
  }
}
