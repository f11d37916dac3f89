package io.kbsserver.mail.delivery;

import io.kbsserver.mail.ServerAddress;
import io.kbsserver.mail.ServerAddress.Protocol;
import io.kbsserver.mail.message.MailMessage;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands mails to the SMTP server that the operator names. */
@Singleton
class SmtpClient {

  private static final Logger LOG = LoggerFactory.getLogger(SmtpClient.class);
  private static final int FIRST_FINAL = 500;

  /** The server is closing the connection, whatever it was asked for. */
  private static final int CLOSING = 421;

  private final @Nullable ServerAddress address;
  private final @Nullable String user;
  private final @Nullable String password;
  private final Session session;
  private final Duration patience;
  private final Clock clock;

  SmtpClient(
      @Nullable @Property(name = "kbs.mail.smtp-url") String url,
      @Nullable @Property(name = "kbs.mail.smtp-user") String user,
      @Nullable @Property(name = "kbs.mail.smtp-password") String password,
      @Property(name = "kbs.mail.connect-time") Duration connectTime,
      @Property(name = "kbs.mail.answer-time") Duration answerTime,
      Clock clock) {
    this.address = url == null ? null : ServerAddress.parse(Protocol.SMTP, url);
    this.user = user;
    this.password = password;
    this.clock = clock;
    this.patience = connectTime.plus(answerTime).plus(answerTime);
    this.session = Session.getInstance(properties(connectTime, answerTime));
  }

  private Properties properties(Duration connectTime, Duration answerTime) {
    boolean tls = address != null && address.tls();
    boolean local = address != null && address.isOnThisMachine();
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", "smtp");
    properties.setProperty("mail.smtp.auth", Boolean.toString(user != null));
    properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(tls));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    // Nothing that a ticket says goes over a wire that others may listen to.
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(!tls && !local));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(!tls && !local));
    properties.setProperty("mail.smtp.connectiontimeout", Long.toString(connectTime.toMillis()));
    properties.setProperty("mail.smtp.timeout", Long.toString(answerTime.toMillis()));
    properties.setProperty("mail.smtp.writetimeout", Long.toString(answerTime.toMillis()));
    // An answer to QUIT is nobody's concern.
    properties.setProperty("mail.smtp.quitwait", "false");
    return properties;
  }

  /** So long a mail takes where the server is slow: until it has begun to answer, and twice. */
  Duration patience() {
    return patience;
  }

  /** A connection for several mails, which is made when the first is sent. */
  Line line() {
    return new Line();
  }

  /** A connection to the server; not to be used by two at a time. */
  final class Line implements AutoCloseable {

    private @Nullable Transport open;

    private Line() {}

    /** Sends a mail to the one whom it is for. */
    MailFate send(MailMessage mail) {
      MimeMessage message;
      Address[] recipients;
      try {
        message = MimeMessages.of(mail, session, clock.instant());
        recipients = message.getAllRecipients();
      } catch (MessagingException e) {
        return new MailFate(MailFate.Ending.REFUSED, text(e));
      }
      Transport transport;
      try {
        transport = transport();
      } catch (MessagingException e) {
        close();
        return new MailFate(MailFate.Ending.UNREACHABLE, notReached(e), text(e));
      }
      boolean isTaken = false;
      try {
        transport.sendMessage(message, recipients);
        isTaken = true;
        return MailFate.TAKEN;
      } catch (MessagingException e) {
        return notSent(e);
      } finally {
        if (!isTaken) {
          // What went before it must not be in the way of the next.
          close();
        }
      }
    }

    private Transport transport() throws MessagingException {
      Transport used = open;
      if (used != null && used.isConnected()) {
        return used;
      }
      ServerAddress to = address;
      if (to == null) {
        throw new MessagingException("KBS_SMTP_URL names no server.");
      }
      Transport made = session.getTransport();
      open = made;
      made.connect(to.plainHost(), to.port(), user, password);
      return made;
    }

    @Override
    public void close() {
      Transport used = open;
      open = null;
      if (used != null) {
        try {
          used.close();
        } catch (MessagingException e) {
          LOG.debug("A connection to the SMTP server could not be ended well", e);
        }
      }
    }
  }

  /** Without what a library says: it names addresses inside, and agents see it. */
  private static String notReached(MessagingException e) {
    if (e instanceof AuthenticationFailedException) {
      return "The SMTP server does not take the login.";
    }
    if (cause(e, SSLException.class).isPresent()) {
      return "No secure connection to the SMTP server could be made.";
    }
    return text(e).startsWith("STARTTLS is required")
        ? "The SMTP server offers no STARTTLS."
        : "The SMTP server cannot be reached.";
  }

  private static MailFate notSent(MessagingException e) {
    Optional<SMTPAddressFailedException> address = cause(e, SMTPAddressFailedException.class);
    if (address.isPresent()) {
      return fate(address.get().getReturnCode(), address.get());
    }
    Optional<SMTPSenderFailedException> sender = cause(e, SMTPSenderFailedException.class);
    if (sender.isPresent()) {
      // That of all mails: the operator mends it, and then they go.
      return new MailFate(MailFate.Ending.LATER, "The sender is refused: " + text(sender.get()));
    }
    Optional<SMTPSendFailedException> whole = cause(e, SMTPSendFailedException.class);
    if (whole.isPresent() && whole.get().getReturnCode() > 0) {
      boolean isOfMail = !"MAIL".equals(verb(whole.get()));
      return isOfMail
          ? fate(whole.get().getReturnCode(), whole.get())
          : new MailFate(MailFate.Ending.LATER, text(whole.get()));
    }
    LOG.debug("A mail was not sent", e);
    if (cause(e, UnreadFile.class).isPresent()) {
      return new MailFate(MailFate.Ending.LATER, "A file that comes with it could not be read.");
    }
    return new MailFate(
        MailFate.Ending.LATER,
        cause(e, IOException.class).isPresent()
            ? "The connection ended before the mail was taken."
            : "The mail was not taken.");
  }

  private static MailFate fate(int code, MessagingException e) {
    MailFate.Ending ending =
        code == CLOSING
            ? MailFate.Ending.UNREACHABLE
            : code >= FIRST_FINAL ? MailFate.Ending.REFUSED : MailFate.Ending.LATER;
    return new MailFate(ending, text(e));
  }

  private static String verb(SMTPSendFailedException e) {
    String command = e.getCommand() == null ? "" : e.getCommand();
    return command.split(" ", 2)[0];
  }

  private static String text(MessagingException e) {
    return String.valueOf(e.getMessage());
  }

  /** The first of a kind of what is behind it: failures of mail are chained in two ways. */
  private static <T extends Throwable> Optional<T> cause(MessagingException e, Class<T> kind) {
    for (Throwable each = e; each != null; ) {
      if (kind.isInstance(each)) {
        return Optional.of(kind.cast(each));
      }
      each =
          each instanceof MessagingException chained && chained.getNextException() != null
              ? chained.getNextException()
              : each.getCause();
    }
    return Optional.empty();
  }
}
