package io.kbsserver.wordpress.source;

import org.jspecify.annotations.Nullable;

/**
 * A note of an agent on a ticket, which WordPress has among its comments.
 *
 * @param ticket the post that it hangs on
 * @param author the user who wrote it; 0 for none
 * @param authorName what its author was called; may be empty
 * @param date the date on the site's clock, as it is stored
 * @param dateGmt the date in UTC, as it is stored
 */
public record WordPressNote(
    long id,
    long ticket,
    long author,
    String authorName,
    @Nullable String date,
    @Nullable String dateGmt,
    String content) {}
