package io.kbsserver.replies;

import io.kbsserver.tickets.LastReplyBy;
import org.jspecify.annotations.Nullable;

/**
 * In whose name a reply is written.
 *
 * @param userId the author; null where they have no login
 * @param agentId the agent; null where it is the customer's
 * @param by as what they wrote it
 */
record ReplyAuthor(@Nullable Long userId, @Nullable Long agentId, LastReplyBy by) {

  /** Somebody without a login, who writes as the customer does. */
  static final ReplyAuthor WITHOUT_LOGIN = new ReplyAuthor(null, null, LastReplyBy.CUSTOMER);
}
