package io.kbsserver.history;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a ticket, or of what hangs on it.
 *
 * @param id its row in the log, or of what WordPress had logged the id of its post
 * @param type what became of what
 * @param objectId what was changed
 * @param at when, in UTC
 * @param userId who has logged in; null where nobody has
 * @param userName how they are called now; null where they are gone
 * @param application the name of the application password; null where there is none any more
 * @param source by which way it came
 * @param changes from what to what
 */
public record HistoryEntry(
    long id,
    String type,
    long objectId,
    long ticketId,
    LocalDateTime at,
    @Nullable Long userId,
    @Nullable String userName,
    @Nullable String application,
    String source,
    List<FieldChange> changes) {

  /** What WordPress had logged before there was a log here. */
  public static final String WORDPRESS = "wordpress";

  /** When it was, as it is told: in UTC, with a {@code Z}. */
  public String moment() {
    return at.toInstant(ZoneOffset.UTC).toString();
  }

  /** The same to somebody who is not to know what others log in with. */
  HistoryEntry withoutApplication() {
    return new HistoryEntry(
        id, type, objectId, ticketId, at, userId, userName, null, source, changes);
  }
}
