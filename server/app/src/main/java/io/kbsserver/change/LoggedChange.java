package io.kbsserver.change;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/**
 * A row of the log, as far as it says whether it matters to somebody.
 *
 * @param position its place in the order of all changes
 * @param kind what kind of thing was changed, as {@link Subject#kind()} names it
 */
@MappedEntity("change_log")
public record LoggedChange(@Id long position, String kind) {}
