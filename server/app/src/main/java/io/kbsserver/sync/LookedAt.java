package io.kbsserver.sync;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A row of the log, and what it is to somebody.
 *
 * @param seen whether they see what was changed
 * @param wasSeen whether they saw it before, as far as that matters
 * @param wasHidden whether it is a ticket that they did not see before
 * @param turned whether what they see is another since
 */
record LookedAt(
    long position,
    LocalDateTime at,
    String kind,
    String subjectId,
    String action,
    @Nullable Long ticketId,
    boolean seen,
    boolean wasSeen,
    boolean wasHidden,
    boolean turned) {}
