package io.kbsserver.replies;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a reply that is made here.
 *
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
    long authorId,
    @Nullable Long customerId,
    @Nullable Long agentId,
    long sourceId,
    boolean resolution) {}
