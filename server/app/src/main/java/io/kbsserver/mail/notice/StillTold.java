package io.kbsserver.mail.notice;

import io.kbsserver.mail.Mail;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Looks once more, before a mail is sent, whether it is for whom it was owed to. */
@Singleton
public class StillTold {

  /** Why it is not for them any more; empty where it is. */
  public Optional<String> reasonAgainst(Mail mail) {
    return Optional.of("no " + mail.kind() + " is sent yet");
  }
}
