package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** A mailbox of dovecot as somebody reads it who answers what they find. */
final class DrillMailbox implements AutoCloseable {

  private static final Pattern OWN_ID =
      Pattern.compile("<ticket-(\\d+)\\.(?:reply-\\d+\\.)?(\\w+)\\.\\w{32}@desk\\.example>");

  private final DebianMail server;
  private final String address;
  private final Session session;
  private final Store store;
  private final IMAPFolder inbox;

  DrillMailbox(DebianMail server, String address) throws MessagingException {
    this.server = server;
    this.address = address;
    Properties properties = new Properties();
    properties.setProperty("mail.imap.starttls.required", "true");
    properties.setProperty("mail.imap.starttls.enable", "true");
    properties.setProperty("mail.imap.ssl.trust", server.host());
    session = Session.getInstance(properties);
    store = session.getStore("imap");
    String user = address.substring(0, address.indexOf('@'));
    store.connect(server.host(), server.imapPort(), user, DebianMail.PASSWORD);
    inbox = (IMAPFolder) store.getFolder("INBOX");
    inbox.open(Folder.READ_ONLY);
  }

  /** Mails of a kind about a ticket, in the order in which they came. */
  List<MimeMessage> about(long ticket, String kind) throws MessagingException {
    List<MimeMessage> found = new ArrayList<>();
    for (Message message : inbox.getMessages()) {
      MimeMessage one = (MimeMessage) message;
      if (ticket(one) == ticket && kind(one).equals(kind)) {
        found.add(one);
      }
    }
    return found;
  }

  static long ticket(MimeMessage message) throws MessagingException {
    return Long.parseLong(id(message).group(1));
  }

  static String kind(MimeMessage message) throws MessagingException {
    return id(message).group(2);
  }

  private static Matcher id(MimeMessage message) throws MessagingException {
    Matcher id = OWN_ID.matcher(message.getMessageID());
    assertTrue(id.matches(), message.getMessageID());
    return id;
  }

  /** Answers a mail as programs do, and hands that in as the mail server of whoever writes. */
  void answer(MimeMessage mail, String word) throws MessagingException, IOException {
    MimeMessage answer = (MimeMessage) mail.reply(false);
    answer.setFrom(new InternetAddress(address));
    answer.setText(
        word
            + "\n\nOn Tue, 3 Nov 2026 at 10:00, Desk <desk@desk.example> wrote:\n"
            + text(mail).lines().map(line -> "> " + line).collect(Collectors.joining("\n")),
        "UTF-8");
    answer.saveChanges();
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect("127.0.0.1", server.deliveryPort(), null, null);
      transport.sendMessage(answer, answer.getAllRecipients());
    }
  }

  private static String text(MimeMessage mail) throws MessagingException, IOException {
    Object content = mail.getContent();
    return content instanceof Multipart both
        ? both.getBodyPart(0).getContent().toString()
        : content.toString();
  }

  /** The threads of the inbox by the algorithm of RFC 5256, as the server tells them. */
  List<List<MimeMessage>> threads() throws MessagingException {
    String told =
        (String)
            inbox.doCommand(
                protocol -> {
                  Response[] answers = protocol.command("THREAD REFERENCES UTF-8 ALL", null);
                  assertTrue(answers[answers.length - 1].isOK(), () -> Arrays.toString(answers));
                  return Arrays.stream(answers)
                      .filter(one -> one instanceof IMAPResponse of && of.keyEquals("THREAD"))
                      .map(Response::getRest)
                      .findFirst()
                      .orElse("");
                });
    // One behind the other, without branches.
    assertTrue(told.strip().matches("(\\(\\d+( \\d+)*\\))+"), told);
    List<List<MimeMessage>> threads = new ArrayList<>();
    Matcher thread = Pattern.compile("\\(([\\d ]+)\\)").matcher(told);
    while (thread.find()) {
      List<MimeMessage> messages = new ArrayList<>();
      for (String number : thread.group(1).split(" ")) {
        messages.add((MimeMessage) inbox.getMessage(Integer.parseInt(number)));
      }
      threads.add(messages);
    }
    return threads;
  }

  /** How many are in a folder; none where there is no such. */
  int count(String name) throws MessagingException {
    Folder folder = store.getFolder(name);
    return folder.exists() ? folder.getMessageCount() : 0;
  }

  @Override
  public void close() throws MessagingException {
    store.close();
  }
}
