package io.kbsserver.mail;

import java.util.Locale;

/** As what somebody gets a mail. */
public enum MailRole {
  /** It is for them. */
  TO,
  /** They get a copy of what a customer is told. */
  CC;

  /** As it is kept and told. */
  public String kept() {
    return name().toLowerCase(Locale.ROOT);
  }
}
