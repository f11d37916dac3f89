package io.kbsserver.repair;

import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.kbsserver.repair.TableRepair.Progress;
import io.kbsserver.storage.RetriedOnConflict;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;

/** How many replies a ticket has. */
@Singleton
class ReplyCountRepair implements Kept {

  private final TicketRanges ranges;
  private final TicketRangeRepository tickets;
  private final ChangeLog changes;
  private final RecountRepository recounts;

  ReplyCountRepair(
      TicketRanges ranges,
      TicketRangeRepository tickets,
      ChangeLog changes,
      RecountRepository recounts) {
    this.ranges = ranges;
    this.tickets = tickets;
    this.changes = changes;
    this.recounts = recounts;
  }

  @Override
  public String name() {
    return "counts of replies";
  }

  @Override
  public long examine(boolean mend, Progress progress) {
    return ranges.examine(name(), this::wrong, mend ? this::count : TicketRanges.LEAVE, progress);
  }

  @Connectable
  List<Long> wrong(long after, long last) {
    return tickets.withWrongReplies(after, last);
  }

  @RetriedOnConflict
  @Transactional
  void count(List<Long> ids) {
    recounts.lock();
    changes.changes(Subject.TICKET, ids.toArray());
    tickets.countReplies(ids);
  }
}
