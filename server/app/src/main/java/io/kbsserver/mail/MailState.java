package io.kbsserver.mail;

import java.util.Locale;

/** What has become of a mail. */
public enum MailState {
  /** It is to be sent. */
  WAITING,
  /** It would have been sent, but mails are only recorded. */
  RECORDED,
  /** A mail server has taken it. */
  SENT,
  /** None has taken it, and it is not tried any more. */
  FAILED,
  /** It is not for them any more. */
  DROPPED;

  /** As it is kept and told. */
  public String kept() {
    return name().toLowerCase(Locale.ROOT);
  }
}
