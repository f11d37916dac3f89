package io.kbsserver.repair;

import io.kbsserver.repair.TableRepair.Progress;
import io.kbsserver.storage.RetriedOnConflict;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;

/** How often a ticket was changed, which the log tells as well. */
@Singleton
class RevisionRepair implements Kept {

  private final TicketRanges ranges;
  private final TicketRangeRepository tickets;

  RevisionRepair(TicketRanges ranges, TicketRangeRepository tickets) {
    this.ranges = ranges;
    this.tickets = tickets;
  }

  @Override
  public String name() {
    return "revisions of tickets";
  }

  @Override
  public long examine(boolean mend, Progress progress) {
    return ranges.examine(name(), this::wrong, mend ? this::set : TicketRanges.LEAVE, progress);
  }

  @Connectable
  List<Long> wrong(long after, long last) {
    return tickets.withOldRevision(after, last);
  }

  @RetriedOnConflict
  @Transactional
  void set(List<Long> ids) {
    tickets.setRevision(ids);
  }
}
