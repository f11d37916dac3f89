package io.kbsserver.change;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A row of the log, as far as it says whether it matters to somebody.
 *
 * @param position its place in the order of all changes
 * @param at when it was, in UTC
 * @param kind what kind of thing was changed, as {@link Subject#kind()} names it
 * @param subjectId which one
 * @param action what became of it, as {@link Action#kept()} names it
 * @param ticketId the ticket that it belongs to; null where it belongs to none
 * @param revision how often that ticket had been changed by then
 * @param source by which way it came, as {@link ChangeSource#kept()} names it
 */
@MappedEntity("change_log")
public record LoggedChange(
    @Id long position,
    @WallClockTime LocalDateTime at,
    String kind,
    String subjectId,
    String action,
    @Nullable Long ticketId,
    @Nullable Long revision,
    @Nullable String fields,
    @Nullable Long userId,
    String source) {}
