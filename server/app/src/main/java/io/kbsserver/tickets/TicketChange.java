package io.kbsserver.tickets;

import io.kbsserver.text.WrittenId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to change in a ticket. Null, or an empty list, means "leave it".
 *
 * @param agents further agents, in place of those that are there
 * @param addCategories ids of categories to put the ticket into
 * @param removeCategory id of a category to take it out of
 */
public record TicketChange(
    @Nullable WrittenId agent,
    List<WrittenId> agents,
    @Nullable Long company,
    @Nullable WrittenId customer,
    @Nullable String status,
    List<Long> addCategories,
    @Nullable Long removeCategory,
    @Nullable Long department) {}
