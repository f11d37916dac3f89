package io.kbsserver.mail.message;

/** Why a mail cannot be built, in words for whoever runs the site. */
public class MailFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MailFault(String reason) {
    super(reason);
  }
}
