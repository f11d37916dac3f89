package io.kbsserver.rest.bulkhead;

import java.util.EnumMap;
import java.util.Map;

/**
 * How places are shared out.
 *
 * @param places all of them
 * @param kept how many of them each kind of work has for itself
 * @param <K> the kinds
 */
record Shares<K extends Enum<K>>(int places, Map<K, Integer> kept) {

  /** So many that logins find a connection while all work is being done. */
  private static final int FOR_LOGINS = 2;

  private static final int LOGINS_AT_A_TIME = 6;

  /**
   * Of the connections to the database, some are left to logins; of the others, reads keep two of
   * five, writes and searches one of eight each. Where there are so few that this comes to nothing,
   * reads still keep one, and there is one for all.
   */
  static Shares<WorkKind> ofConnections(int connections) {
    int places = Math.max(Math.min(connections, 2), connections - FOR_LOGINS);
    Map<WorkKind, Integer> kept = new EnumMap<>(WorkKind.class);
    boolean enough = places > 2;
    kept.put(WorkKind.READ, places == 1 ? 0 : Math.max(1, places * 2 / 5));
    kept.put(WorkKind.SEARCH, enough ? Math.max(1, places / 8) : 0);
    kept.put(WorkKind.WRITE, enough ? Math.max(1, places / 8) : 0);
    return new Shares<>(places, kept);
  }

  /**
   * A login is a short look, hashing has a bound of its own, and what everybody may see without one
   * has to wait for a place for work.
   */
  static Shares<Visitor> ofLogins() {
    return new Shares<>(
        LOGINS_AT_A_TIME,
        new EnumMap<>(Map.of(Visitor.REMEMBERED, 2, Visitor.UNKNOWN, 1, Visitor.ANONYMOUS, 1)));
  }

  /** The most places that a kind can have. */
  int most(K kind) {
    int others =
        kept.entrySet().stream()
            .filter(entry -> entry.getKey() != kind)
            .mapToInt(Map.Entry::getValue)
            .sum();
    return places - others;
  }
}
