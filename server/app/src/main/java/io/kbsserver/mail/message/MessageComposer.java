package io.kbsserver.mail.message;

import io.kbsserver.mail.Mail;
import jakarta.inject.Singleton;

/** Builds what is sent of a mail, by the settings and the ticket as they are now. */
@Singleton
public class MessageComposer {

  /**
   * The mail as it is to be sent.
   *
   * @throws MailFault where it cannot be built
   */
  public MailMessage compose(Mail mail) {
    throw new MailFault("no " + mail.kind() + " can be built yet");
  }
}
