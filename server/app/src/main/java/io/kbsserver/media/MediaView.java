package io.kbsserver.media;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A file with what WordPress says of one; on the site's clock where it does not say GMT.
 *
 * @param parent the ticket or the reply that it belongs to
 * @param title what it is called, without an ending
 * @param slug empty where it has none
 */
record MediaView(
    long id,
    long ticketId,
    long parent,
    String title,
    String slug,
    String type,
    LocalDateTime date,
    LocalDateTime dateGmt,
    LocalDateTime modified,
    LocalDateTime modifiedGmt,
    @Nullable Long authorId) {}
