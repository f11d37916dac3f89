package io.kbsserver.mail;

import java.util.Locale;

/** What a mail tells of, and so whom. */
public enum MailKind {
  /** To the customer: the ticket was received. */
  RECEIVED,
  /** To the addresses of the site: there is a new ticket. */
  NEW_TICKET_NOTICE,
  /** To an agent: the ticket is theirs now, or theirs as well. */
  ASSIGNED,
  /** To the customer: somebody has replied. */
  REPLY,
  /** To the customer: the ticket is closed. */
  CLOSED,
  /** To the agents of a ticket: a customer has replied, or another agent. */
  REPLY_NOTICE,
  /** To the agents whom a private note names. */
  NOTE_NOTICE;

  /** As it is kept and told. */
  public String kept() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is for the customer and who else follows their ticket, not for who works on it. */
  public boolean isForCustomer() {
    return this == RECEIVED || this == REPLY || this == CLOSED;
  }
}
