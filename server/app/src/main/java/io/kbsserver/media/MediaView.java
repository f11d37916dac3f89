package io.kbsserver.media;

import io.kbsserver.list.PostTimes;
import org.jspecify.annotations.Nullable;

/**
 * A file with what WordPress says of one.
 *
 * @param parent the ticket or the reply that it belongs to
 * @param title what it is called, without an ending
 * @param slug empty where it has none
 */
record MediaView(
    long id,
    long ticketId,
    long parent,
    PostTimes times,
    String title,
    String slug,
    String type,
    @Nullable Long authorId,
    String commentStatus,
    String pingStatus) {}
