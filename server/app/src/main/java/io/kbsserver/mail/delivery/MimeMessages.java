package io.kbsserver.mail.delivery;

import io.kbsserver.mail.message.MailMessage;
import io.kbsserver.mail.message.MailMessage.Attachment;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** Writes mails as they are sent. */
final class MimeMessages {

  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private MimeMessages() {}

  /** One that is known by the same id however often it is sent. */
  private static final class KnownMessage extends MimeMessage {

    private final String messageId;

    KnownMessage(Session session, String messageId) {
      super(session);
      this.messageId = messageId;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", messageId);
    }
  }

  /** A file whose bytes are read when it is sent. */
  private record FileSource(Attachment file) implements DataSource {

    @Override
    public InputStream getInputStream() throws IOException {
      try {
        return file.content().open();
      } catch (IOException e) {
        throw new UnreadFile(e);
      }
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      throw new IOException("Nothing is written to a file that is sent");
    }

    @Override
    public String getContentType() {
      return file.type();
    }

    @Override
    public String getName() {
      return file.name();
    }
  }

  /**
   * The mail as it is sent.
   *
   * @throws MessagingException where an address is none, or a line break stands in a header
   */
  static MimeMessage of(MailMessage mail, Session session, Instant now) throws MessagingException {
    try {
      MimeMessage message = new KnownMessage(session, oneLine(mail.messageId()));
      message.setSentDate(Date.from(now));
      message.setFrom(address(mail.from()));
      message.setReplyTo(new InternetAddress[] {address(mail.replyTo())});
      message.setRecipient(RecipientType.TO, new InternetAddress(oneLine(mail.to()), true));
      message.setSubject(oneLine(mail.subject()), UTF_8);
      for (Map.Entry<String, String> header : mail.headers().entrySet()) {
        String name = header.getKey();
        String value = MimeUtility.encodeText(oneLine(header.getValue()), UTF_8, null);
        message.setHeader(oneLine(name), MimeUtility.fold(name.length() + 2, value));
      }
      if (mail.attachments().isEmpty()) {
        fill(message, mail);
      } else {
        MimeMultipart all = new MimeMultipart("mixed");
        MimeBodyPart texts = new MimeBodyPart();
        fill(texts, mail);
        all.addBodyPart(texts);
        for (Attachment file : mail.attachments()) {
          all.addBodyPart(part(file));
        }
        message.setContent(all);
      }
      message.saveChanges();
      return message;
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void fill(MimePart part, MailMessage mail) throws MessagingException {
    String html = mail.html();
    if (html == null) {
      part.setText(mail.text(), UTF_8);
      return;
    }
    // The one that is shown if it can be stands last.
    MimeMultipart both = new MimeMultipart("alternative");
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(mail.text(), UTF_8);
    both.addBodyPart(plain);
    MimeBodyPart rich = new MimeBodyPart();
    rich.setText(html, UTF_8, "html");
    both.addBodyPart(rich);
    part.setContent(both);
  }

  private static MimeBodyPart part(Attachment file) throws MessagingException {
    oneLine(file.name());
    oneLine(file.type());
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(new DataHandler(new FileSource(file)));
    part.setFileName(file.name());
    part.setDisposition(MimeBodyPart.ATTACHMENT);
    // Said, so that a file is not read twice to find out.
    part.setHeader("Content-Transfer-Encoding", "base64");
    return part;
  }

  private static InternetAddress address(MailMessage.Address address)
      throws MessagingException, UnsupportedEncodingException {
    InternetAddress made = new InternetAddress(oneLine(address.email()), true);
    if (!address.name().isEmpty()) {
      made.setPersonal(oneLine(address.name()), UTF_8);
    }
    return made;
  }

  private static String oneLine(String text) throws MessagingException {
    if (text.chars().anyMatch(character -> character == '\r' || character == '\n')) {
      throw new MessagingException("A line break stands where none may be.");
    }
    return text;
  }
}
