package io.kbsserver.mail.delivery;

import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailState;
import io.kbsserver.site.WallClock;
import io.kbsserver.storage.RetriedOnConflict;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What whoever runs the server sees and does of mails. */
@Singleton
public class MailAdministration {

  /** What is older is news to nobody: a mail is tried for two days, and looked after for a week. */
  static final Duration LATELY = Duration.ofDays(7);

  private final OutgoingRepository mails;
  private final Clock clock;

  MailAdministration(OutgoingRepository mails, Clock clock) {
    this.mails = mails;
    this.clock = clock;
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

  /** Has a running server send one that has failed; false where there is no such. */
  @RetriedOnConflict
  @Transactional
  public boolean retry(long id) {
    return mails.again(id, WallClock.now(clock));
  }

  /** The same with all that have failed lately; tells how many. */
  @RetriedOnConflict
  @Transactional
  public int retryAll() {
    LocalDateTime now = WallClock.now(clock);
    return mails.allAgain(now.minus(LATELY), now);
  }
}
