package io.kbsserver.mail;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;

/**
 * What mails need to know of a reply.
 *
 * @param authorId who wrote it; 0 where nobody had logged in
 * @param author what they are called
 */
@MappedEntity("reply")
public record ReplyFacts(
    @Id long id,
    long authorId,
    String author,
    @WallClockTime LocalDateTime dateLocal,
    String contentRendered) {}
