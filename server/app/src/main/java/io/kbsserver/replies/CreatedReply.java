package io.kbsserver.replies;

/**
 * A reply that was just written.
 *
 * @param whole whether nothing was taken out of its text
 */
public record CreatedReply(ReplyView reply, boolean whole) {}
