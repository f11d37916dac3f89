package io.kbsserver.mail.delivery;

import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailState;
import io.kbsserver.mail.message.MessageComposer;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What whoever runs the server sees and does of mails. */
@Singleton
public class MailAdministration {

  /** What is older is news to nobody: a mail is tried for two days, and looked after for a week. */
  static final Duration LATELY = Duration.ofDays(7);

  private final OutgoingRepository mails;
  private final MailQueue queue;
  private final MailJobs jobs;
  private final MessageComposer composer;
  private final SmtpClient client;

  MailAdministration(
      OutgoingRepository mails,
      MailQueue queue,
      MailJobs jobs,
      MessageComposer composer,
      SmtpClient client) {
    this.mails = mails;
    this.queue = queue;
    this.jobs = jobs;
    this.composer = composer;
    this.client = client;
  }

  /**
   * The newest mails, the newest last.
   *
   * @param state null for all
   * @param ticket null for all
   */
  @Connectable
  public List<Mail> newest(@Nullable MailState state, @Nullable Long ticket, int most) {
    return mails.newest(state == null ? null : state.kept(), ticket, most);
  }

  /**
   * Sends a mail that is about nothing; tells why it was not taken, if it was not.
   *
   * @throws io.kbsserver.mail.message.MailFault where it cannot be built
   */
  public Optional<String> tryOut(String address) {
    try (SmtpClient.Line line = client.line()) {
      MailFate fate = line.send(composer.trial(address));
      return fate.ending() == MailFate.Ending.TAKEN ? Optional.empty() : Optional.of(fate.reason());
    }
  }

  /** Has a running server send one that has failed; false where there is no such. */
  public boolean retry(long id) {
    boolean isThere = queue.again(id);
    jobs.wake();
    return isThere;
  }

  /** The same with all that have failed lately; tells how many. */
  public int retryAll() {
    int found = queue.allAgain();
    jobs.wake();
    return found;
  }
}
