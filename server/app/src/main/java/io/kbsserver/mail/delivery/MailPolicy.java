package io.kbsserver.mail.delivery;

import io.kbsserver.mail.ServerAddress;
import io.kbsserver.mail.ServerAddress.Protocol;
import io.kbsserver.storage.StartupFailure;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Whether mails are sent. What is a trial or came from WordPress sends none until somebody says so:
 * its customers may still hear from there.
 */
@Singleton
public class MailPolicy {

  private final @Nullable MailMode said;
  private final @Nullable ServerAddress server;
  private final boolean demo;
  private final MailQueue queue;

  MailPolicy(
      @Nullable @Property(name = "kbs.mail.mode") String mode,
      @Nullable @Property(name = "kbs.mail.smtp-url") String url,
      @Property(name = "kbs.demo", defaultValue = "false") boolean demo,
      MailQueue queue) {
    this.said = mode == null || mode.isEmpty() ? null : MailMode.parse(mode);
    this.server = url == null ? null : ServerAddress.parse(Protocol.SMTP, url);
    this.demo = demo;
    this.queue = queue;
  }

  /** What becomes of mails now. */
  public MailMode mode() {
    if (said != null) {
      return said;
    }
    if (demo || queue.isImported()) {
      return MailMode.RECORD;
    }
    return server == null ? MailMode.OFF : MailMode.SEND;
  }

  /** Whether it is this, whatever becomes of the site. */
  boolean isForEver(MailMode mode) {
    return said == mode;
  }

  /** Refuses what cannot be done, and says in a few words what is done. */
  public String checkAtStart() {
    MailMode mode = mode();
    if (mode == MailMode.SEND && server == null) {
      throw new StartupFailure("KBS_MAIL_MODE is send, but KBS_SMTP_URL names no server");
    }
    return switch (mode) {
      case SEND ->
          "sent by " + server + (queue.hasSender() ? "" : ", once the setting from_email is set");
      case RECORD -> "recorded, and sent to nobody (KBS_MAIL_MODE)";
      case OFF -> "none" + (said == null ? " (KBS_SMTP_URL names no server)" : "");
    };
  }
}
