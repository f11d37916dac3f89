package io.kbsserver.replies;

import io.kbsserver.tickets.LastReplyBy;
import org.jspecify.annotations.Nullable;

/**
 * In whose name a reply is written.
 *
 * @param userId the author
 * @param agentId the agent; null where it is the customer's
 * @param by as what they wrote it
 */
record ReplyAuthor(long userId, @Nullable Long agentId, LastReplyBy by) {}
