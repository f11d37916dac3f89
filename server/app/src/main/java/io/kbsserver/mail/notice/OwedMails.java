package io.kbsserver.mail.notice;

import io.kbsserver.mail.MailRepository;
import jakarta.inject.Singleton;

/** Takes from the log which mails are owed, and writes them down. */
@Singleton
public class OwedMails {

  private final MailRepository mails;

  OwedMails(MailRepository mails) {
    this.mails = mails;
  }

  /** From now on: what was changed before is told to nobody. Does nothing where it has begun. */
  public void begin() {
    mails.begin(0);
  }

  /**
   * Takes what comes next in the log; to be called until there is nothing more.
   *
   * @return whether there was anything in the log, owed to somebody or not
   */
  public boolean take() {
    return false;
  }

  /** Mails are off: whoever begins again begins at the end of the log. */
  public void leave() {
    mails.leave();
  }
}
