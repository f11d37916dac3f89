package io.kbsserver.change;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A row of the log.
 *
 * @param position its place in the order of all changes
 * @param at when it was, in UTC
 * @param kind what kind of thing was changed, as {@link Subject#kind()} names it
 * @param subjectId which one
 * @param action what became of it, as {@link Action#kept()} names it
 * @param ticketId the ticket that it belongs to; null where it belongs to none
 * @param revision how often that ticket had been changed by then
 * @param fields what went from what to what, as an object of JSON; null where an import made it
 * @param userId who did it; null for commands and imports
 * @param source by which way it came, as {@link ChangeSource#kept()} names it
 */
public record LoggedChange(
    long position,
    LocalDateTime at,
    String kind,
    String subjectId,
    String action,
    @Nullable Long ticketId,
    @Nullable Long revision,
    @Nullable String fields,
    @Nullable Long userId,
    String source) {}
