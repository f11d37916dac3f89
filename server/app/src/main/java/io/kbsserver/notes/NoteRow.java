package io.kbsserver.notes;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** What is kept of a note that is written here; its id is null until the database has given one. */
@MappedEntity("ticket_note")
record NoteRow(
    @Id @GeneratedValue @Nullable Long id,
    long ticketId,
    long authorId,
    String authorName,
    @WallClockTime LocalDateTime dateLocal,
    @WallClockTime LocalDateTime dateGmt,
    String contentRaw,
    String contentRendered) {}
