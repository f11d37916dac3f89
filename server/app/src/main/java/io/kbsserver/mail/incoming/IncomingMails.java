package io.kbsserver.mail.incoming;

import io.kbsserver.storage.StartupFailure;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What whoever runs the server sees of mails that came in. */
@Singleton
public class IncomingMails {

  private final ReceivedMailRepository repository;
  private final Mailbox mailbox;
  private final Mailroom mailroom;

  IncomingMails(ReceivedMailRepository repository, Mailbox mailbox, Mailroom mailroom) {
    this.repository = repository;
    this.mailbox = mailbox;
    this.mailroom = mailroom;
  }

  /**
   * The newest, the newest last.
   *
   * @param ticket null for all
   */
  @Connectable
  public List<ReceivedMail> newest(@Nullable Long ticket, int most) {
    return repository.newest(ticket, most);
  }

  /** Refuses what cannot be done, and says in a few words where mails come from, if they do. */
  public Optional<String> checkAtStart() {
    if (mailbox.address() != null && !mailbox.hasLogin()) {
      throw new StartupFailure(
          "KBS_IMAP_URL names a mailbox, but KBS_IMAP_USER and KBS_IMAP_PASSWORD_FILE not whose");
    }
    return mailroom.described();
  }
}
