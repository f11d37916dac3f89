package io.kbsserver.notes;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A note with all that is shown of one.
 *
 * @param authorId null where it is not known who wrote it
 * @param authorExists whether there is such a user still
 * @param authorName may be empty
 * @param local when it was written, on the site's clock
 * @param gmt the same in UTC
 */
public record NoteView(
    long id,
    long ticketId,
    @Nullable Long authorId,
    boolean authorExists,
    String authorName,
    LocalDateTime local,
    LocalDateTime gmt,
    String raw,
    String rendered) {}
