package io.kbsserver.replies;

import java.util.Set;

/**
 * A reply that was just written.
 *
 * @param changed the parameters out of which something was taken
 */
public record CreatedReply(ReplyView reply, Set<String> changed) {}
