package io.kbsserver.change;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** How many of some rows are in each part of their ids: from 0 on so many ids are a part. */
public final class PartTotals {

  /** Few enough to be counted in no time, and not too few for a site of a million tickets. */
  static final int SIZE = 1024;

  /** More parts than these, or so many times as many as have something in them, are too many. */
  private static final long MOST_PARTS = 1 << 16;

  private static final long SPARSE = 64;

  /** So many are never too many. */
  private static final long FEW_PARTS = 4096;

  private final int[] totals;
  private final int first;

  private PartTotals(int[] totals, int first) {
    this.totals = totals;
    this.first = first;
  }

  /**
   * Those of which some are known, the first and the last part that there is among them, and the
   * rest are 0; nothing where there are too many parts.
   */
  static Optional<PartTotals> of(Map<Long, Integer> known) {
    return new PartTotals(new int[0], Integer.MAX_VALUE)
        .with(known)
        .filter(all -> all.totals.length <= Math.max(FEW_PARTS, SPARSE * (known.size() + 1L)));
  }

  /**
   * In how many ids so many of them are, from an end; more than there are where there are not so
   * many.
   *
   * @param last whether from the last id, or from the first
   */
  public long idsWith(long rows, boolean last) {
    long found = 0;
    for (int i = 0; i < totals.length; i++) {
      found += totals[last ? totals.length - 1 - i : i];
      if (found >= rows) {
        return (i + 1L - (last ? 0 : first)) * SIZE;
      }
    }
    return Long.MAX_VALUE;
  }

  /**
   * In how many ids so many of them are behind one.
   *
   * @param down whether behind it means before it
   */
  public long idsBehind(long id, long rows, boolean down) {
    long found = 0;
    int step = down ? -1 : 1;
    long from = Math.min(part(id), totals.length - 1L);
    for (long i = from + step; i >= 0 && i < totals.length; i += step) {
      found += totals[(int) i];
      if (found >= rows) {
        return (Math.abs(i - from) + 1) * SIZE;
      }
    }
    return Long.MAX_VALUE;
  }

  /** The same if they were spread evenly. */
  public long idsWith(long rows) {
    long all = sum();
    return all < rows ? Long.MAX_VALUE : rows * (totals.length - first) * SIZE / Math.max(1, all);
  }

  /** The part that an id is in. */
  static long part(long id) {
    return id / SIZE;
  }

  /** The same with other totals of some parts. */
  Optional<PartTotals> with(Map<Long, Integer> others) {
    long length = totals.length;
    long begin = first;
    for (long part : others.keySet()) {
      length = Math.max(length, part + 1);
      begin = Math.min(begin, part);
    }
    if (length > MOST_PARTS) {
      return Optional.empty();
    }
    int[] all = Arrays.copyOf(totals, (int) length);
    others.forEach((part, total) -> all[part.intValue()] = total);
    return Optional.of(new PartTotals(all, (int) begin));
  }

  /** That of all parts. */
  public long sum() {
    return Arrays.stream(totals).asLongStream().sum();
  }

  /** How many parts there are, about. */
  int length() {
    return totals.length;
  }
}
