package io.kbsserver.sync;

import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import org.jspecify.annotations.Nullable;

/** The event that a client was told last, as it says when it connects again. */
final class EventId {

  private static final String HEADER = "Last-Event-ID";
  private static final String POSITION = "\\d{1,18}";

  private EventId() {}

  /**
   * The position to go on from: the client's own, or where it began; null for now.
   *
   * @param lastEvent what the header says, if there is one
   * @param after what the address says, which stays the same when a client connects again
   */
  static @Nullable Long position(@Nullable String lastEvent, @Nullable Long after) {
    if (lastEvent == null || lastEvent.isEmpty()) {
      return after;
    }
    if (!lastEvent.matches(POSITION)) {
      throw new InvalidParameters(
          HEADER, new Fault("rest_invalid_param", HEADER + " is no position of a change."));
    }
    return Long.valueOf(lastEvent);
  }
}
