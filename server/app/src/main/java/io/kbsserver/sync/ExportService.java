package io.kbsserver.sync;

import io.kbsserver.access.Caller;
import io.kbsserver.change.Subject;
import io.kbsserver.list.LateReader;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Exports what somebody sees. */
@Singleton
public class ExportService {

  private final SyncService changes;
  private final ChangedObjects rooms;
  private final LateReader reader;

  ExportService(SyncService changes, ChangedObjects rooms, LateReader reader) {
    this.changes = changes;
    this.rooms = rooms;
    this.reader = reader;
  }

  /**
   * All that they see of one kind, as it is when it is read.
   *
   * @param after the id behind which it begins; 0 for all
   * @param caller who they are by then
   * @param within how things are read where that takes more than a thread
   */
  public Export of(
      Subject kind, long after, Supplier<Caller> caller, UnaryOperator<Supplier<List<?>>> within) {
    // Asked before anything is read: what is changed from now on is told behind this position.
    long position = changes.now();
    return new Export(
        position,
        kind,
        new ExportedThings(rooms.room(kind), after, caller, within, reader).begun());
  }
}
