package io.kbsserver.mail.delivery;

/**
 * What came of an attempt to send a mail.
 *
 * @param reason what the server said, or what was wrong; empty where it was taken
 * @param detail what a library says of it, with addresses inside: for the log alone
 */
record MailFate(Ending ending, String reason, String detail) {

  static final MailFate TAKEN = new MailFate(Ending.TAKEN, "");

  private static final int MOST = 250;

  /** Whether to try again. */
  enum Ending {
    /** The server has it. */
    TAKEN,
    /** Not now, says the server, or something went wrong: it is tried again. */
    LATER,
    /** The server will not take it, however often it is tried. */
    REFUSED,
    /** No server could be talked with: no other mail is taken now either. */
    UNREACHABLE
  }

  MailFate(Ending ending, String reason) {
    this(ending, reason, "");
  }

  MailFate {
    // What a server says is shown on terminals.
    reason = reason.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (reason.length() > MOST) {
      reason = reason.substring(0, MOST - 1) + "…";
    }
  }
}
