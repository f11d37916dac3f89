package io.kbsserver.mail;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;

/**
 * What mails need to know of a reply.
 *
 * @param author what who wrote it is called
 */
@MappedEntity("reply")
public record ReplyFacts(
    @Id long id, String author, @WallClockTime LocalDateTime dateLocal, String contentRaw) {}
