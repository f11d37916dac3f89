package io.kbsserver.repair;

import io.kbsserver.repair.TableRepair.Progress;
import io.kbsserver.repair.TicketRangeRepository.Range;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Goes through all tickets, some at a time. */
@Singleton
class TicketRanges {

  /** For who only looks. */
  static final Consumer<List<Long>> LEAVE = ids -> {};

  private static final int TICKETS = 5_000;

  /** So many are locked at once. */
  private static final int MENDED = 100;

  private final TicketRangeRepository tickets;

  TicketRanges(TicketRangeRepository tickets) {
    this.tickets = tickets;
  }

  /**
   * Counts those that are wrong.
   *
   * @param wrong those behind an id, up to another
   * @param mend what becomes of them
   */
  long examine(
      String name,
      BiFunction<Long, Long, List<Long>> wrong,
      Consumer<List<Long>> mend,
      Progress progress) {
    long total = count();
    long seen = 0;
    long found = 0;
    for (Range range = behind(0); range.tickets() > 0; range = behind(range.last())) {
      List<Long> ids = wrong.apply(range.after(), range.last());
      for (int from = 0; from < ids.size(); from += MENDED) {
        mend.accept(ids.subList(from, Math.min(ids.size(), from + MENDED)));
      }
      found += ids.size();
      seen += range.tickets();
      progress.at(name, seen, Math.max(seen, total));
    }
    return found;
  }

  @Connectable
  long count() {
    return tickets.count();
  }

  @Connectable
  Range behind(long id) {
    return tickets.behind(id, TICKETS);
  }
}
