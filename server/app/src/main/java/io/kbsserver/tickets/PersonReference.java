package io.kbsserver.tickets;

/** How a request names an agent or a customer. */
public sealed interface PersonReference {

  /** By id. */
  record ById(long id) implements PersonReference {}

  /** By e-mail address; a text that is no address names nobody. */
  record ByEmail(String email) implements PersonReference {}
}
