package io.kbsserver.tickets;

import java.util.Set;

/**
 * A ticket that was just created.
 *
 * @param changed the parameters of whose texts something was taken out
 */
public record CreatedTicket(TicketView ticket, Set<String> changed) {}
