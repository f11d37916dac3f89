package io.kbsserver.tickets;

import java.util.List;

/** Some tickets of a list, and how many the whole list has. */
record TicketPage(List<TicketView> tickets, long total) {}
