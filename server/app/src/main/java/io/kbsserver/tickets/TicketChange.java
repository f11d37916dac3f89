package io.kbsserver.tickets;

import io.kbsserver.text.WrittenId;
import java.util.List;

/**
 * What to change in a ticket. Null, or an empty list, means "leave it".
 *
 * @param agents further agents, in place of those that are there
 * @param addCategories ids of categories to put the ticket into
 * @param removeCategory id of a category to take it out of
 */
public record TicketChange(
    WrittenId agent,
    List<WrittenId> agents,
    Long company,
    WrittenId customer,
    String status,
    List<Long> addCategories,
    Long removeCategory,
    Long department) {}
