package io.kbsserver.replies;

import io.kbsserver.text.WrittenId;
import org.jspecify.annotations.Nullable;

/**
 * A reply to write, as it was asked for. Null means "not given".
 *
 * @param closing whether it closes the ticket
 * @param status the status that the ticket is to have
 * @param agent the agent who replies
 * @param author who wrote it
 */
public record ReplyDraft(
    @Nullable String content,
    boolean closing,
    @Nullable String status,
    @Nullable WrittenId agent,
    @Nullable WrittenId author) {}
