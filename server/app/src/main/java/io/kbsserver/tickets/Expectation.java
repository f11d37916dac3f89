package io.kbsserver.tickets;

import java.util.function.Supplier;

/** What a ticket has to be like for it to be changed. */
@FunctionalInterface
interface Expectation {

  /** It may be like anything. */
  Expectation NONE = ticket -> {};

  /** Refuses to change a ticket that is like something else; it is locked, and read if need be. */
  void check(Supplier<TicketView> ticket);
}
