package io.kbsserver.tickets;

/** Who replied to a ticket last, as KB Support keeps it. */
public enum LastReplyBy {
  /** Somebody who runs the help desk. */
  MANAGER(1),
  /** An agent, or the manager to whom the ticket is assigned. */
  AGENT(2),
  /** The customer. */
  CUSTOMER(3);

  private final int kept;

  LastReplyBy(int kept) {
    this.kept = kept;
  }

  int kept() {
    return kept;
  }
}
