package io.kbsserver.change;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** How many of some rows are in each part of their ids: from 0 on so many ids are a part. */
final class PartTotals {

  /** Few enough to be counted in no time, and not too few for a site of a million tickets. */
  static final int SIZE = 1024;

  /** Ids as sparse as they are behind this are not worth it. */
  private static final long MOST_PARTS = 1 << 16;

  private final int[] totals;

  private PartTotals(int[] totals) {
    this.totals = totals;
  }

  /** Those of which some are known and the rest are 0; nothing where there are too many parts. */
  static Optional<PartTotals> of(Map<Long, Integer> known) {
    return new PartTotals(new int[0]).with(known);
  }

  /** The part that an id is in. */
  static long part(long id) {
    return id / SIZE;
  }

  /** The same with other totals of some parts. */
  Optional<PartTotals> with(Map<Long, Integer> others) {
    long length = totals.length;
    for (long part : others.keySet()) {
      length = Math.max(length, part + 1);
    }
    if (length > MOST_PARTS) {
      return Optional.empty();
    }
    int[] all = Arrays.copyOf(totals, (int) length);
    others.forEach((part, total) -> all[part.intValue()] = total);
    return Optional.of(new PartTotals(all));
  }

  /** That of all parts. */
  long sum() {
    return Arrays.stream(totals).asLongStream().sum();
  }

  /** How many parts there are, about. */
  int length() {
    return totals.length;
  }
}
