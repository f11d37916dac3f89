package io.kbsserver.mail.delivery;

import io.kbsserver.storage.GrowingPause;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the SMTP server is away, which is said once, and when to try it again. */
@Singleton
class MailOutage {

  private static final Logger LOG = LoggerFactory.getLogger(MailOutage.class);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final GrowingPause pause;
  private final AtomicInteger attempts = new AtomicInteger();

  MailOutage(@Property(name = "kbs.mail.outage-pause") Duration first) {
    this.pause = new GrowingPause(first);
  }

  void away(MailFate fate) {
    if (attempts.getAndIncrement() == 0) {
      LOG.warn(
          "No mail is sent, which is tried again and again: {} {}", fate.reason(), fate.detail());
    }
  }

  void over() {
    if (attempts.getAndSet(0) > 0) {
      LOG.info("Mail is sent again");
    }
  }

  /** Until it is tried again: then all goes that waits, so it is never long. */
  Duration pause() {
    Duration next = pause.spread(Math.max(1, attempts.get()));
    return next.compareTo(LONGEST) > 0 ? LONGEST : next;
  }
}
