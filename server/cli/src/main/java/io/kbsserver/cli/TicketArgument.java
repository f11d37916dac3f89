package io.kbsserver.cli;

import io.kbsserver.history.HistoryService;
import io.kbsserver.storage.StartupFailure;
import java.util.List;

/** A ticket as people name it: by its id, or by its number. */
final class TicketArgument {

  private TicketArgument() {}

  /** The id of the only one that is named so. */
  static long only(String named, HistoryService history) {
    List<Long> ids = history.tickets(named);
    if (ids.isEmpty()) {
      throw new StartupFailure("There is no ticket " + named);
    }
    if (ids.size() > 1) {
      throw new StartupFailure("Several tickets have the number " + named + ": " + ids);
    }
    return ids.get(0);
  }
}
