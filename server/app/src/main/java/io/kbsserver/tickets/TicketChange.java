package io.kbsserver.tickets;

import io.kbsserver.text.WrittenId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to change in a ticket. Null means "leave it", and so does an empty list, but for tags.
 *
 * @param agents further agents, in place of those that are there
 * @param addCategories ids of categories to put the ticket into
 * @param removeCategory id of a category to take it out of
 * @param tags ids of tags, in place of those that are there; an empty list takes all of them off
 */
public record TicketChange(
    @Nullable WrittenId agent,
    List<WrittenId> agents,
    @Nullable Long company,
    @Nullable WrittenId customer,
    @Nullable String status,
    List<Long> addCategories,
    @Nullable Long removeCategory,
    @Nullable Long department,
    @Nullable List<Long> tags) {}
