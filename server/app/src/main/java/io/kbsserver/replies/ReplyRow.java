package io.kbsserver.replies;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a reply that is made here.
 *
 * @param authorId who wrote it; null where they have no login
 * @param participantEmail the address of who wrote it, where they only take part in the ticket
 * @param agentId the agent who wrote it; null where it was not one
 * @param resolution whether it closed its ticket
 */
@MappedEntity("reply")
record ReplyRow(
    @Id long id,
    long ticketId,
    String status,
    @WallClockTime LocalDateTime dateLocal,
    @WallClockTime LocalDateTime dateGmt,
    @WallClockTime LocalDateTime modifiedLocal,
    @WallClockTime LocalDateTime modifiedGmt,
    String contentRaw,
    String contentRendered,
    @Nullable Long authorId,
    @Nullable Long customerId,
    @Nullable Long agentId,
    @Nullable String participantEmail,
    long sourceId,
    boolean resolution) {}
