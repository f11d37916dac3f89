package io.kbsserver.mail.incoming;

import io.kbsserver.mail.ServerAddress;
import io.kbsserver.mail.ServerAddress.Protocol;
import io.kbsserver.storage.StartupFailure;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Flags.Flag;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mailbox that the operator names, by IMAP. */
@Singleton
class Mailbox {

  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

  /** Of a mail, so many bytes are fetched at a time. */
  static final int BYTES_AT_ONCE = 64 * 1024;

  private final @Nullable ServerAddress address;
  private final @Nullable String user;
  private final @Nullable String password;
  private final String inbox;
  private final String taken;
  private final String aside;
  private final Session session;

  Mailbox(
      @Nullable @Property(name = "kbs.mail.in.url") String url,
      @Nullable @Property(name = "kbs.mail.in.user") String user,
      @Nullable @Property(name = "kbs.mail.in.password") String password,
      @Property(name = "kbs.mail.in.folder") String inbox,
      @Property(name = "kbs.mail.in.taken-folder") String taken,
      @Property(name = "kbs.mail.in.aside-folder") String aside,
      @Property(name = "kbs.mail.connect-time") Duration connectTime,
      @Property(name = "kbs.mail.answer-time") Duration answerTime) {
    this.address = url == null ? null : ServerAddress.parse(Protocol.IMAP, url);
    requireApart(List.of(inbox, taken, aside));
    this.user = user;
    this.password = password;
    this.inbox = inbox;
    this.taken = taken;
    this.aside = aside;
    this.session = Session.getInstance(properties(connectTime, answerTime));
  }

  /** A mail that is moved to where it is fetched from would be fetched for ever. */
  private static void requireApart(List<String> folders) {
    long different =
        folders.stream()
            .map(name -> name.equalsIgnoreCase("INBOX") ? "INBOX" : name)
            .distinct()
            .count();
    if (different < folders.size()) {
      throw new StartupFailure(
          "KBS_IMAP_FOLDER, KBS_IMAP_TAKEN_FOLDER and KBS_IMAP_ASIDE_FOLDER have to be three"
              + " folders: "
              + String.join(", ", folders));
    }
  }

  private Properties properties(Duration connectTime, Duration answerTime) {
    boolean tls = address != null && address.tls();
    boolean local = address != null && address.isOnThisMachine();
    Properties properties = new Properties();
    properties.setProperty("mail.imap.ssl.enable", Boolean.toString(tls));
    properties.setProperty("mail.imap.ssl.checkserveridentity", "true");
    // A password goes over no wire that others may listen to.
    properties.setProperty("mail.imap.starttls.enable", Boolean.toString(!tls && !local));
    properties.setProperty("mail.imap.starttls.required", Boolean.toString(!tls && !local));
    properties.setProperty("mail.imap.connectiontimeout", Long.toString(connectTime.toMillis()));
    properties.setProperty("mail.imap.timeout", Long.toString(answerTime.toMillis()));
    properties.setProperty("mail.imap.writetimeout", Long.toString(answerTime.toMillis()));
    properties.setProperty("mail.imap.fetchsize", Integer.toString(BYTES_AT_ONCE));
    properties.setProperty("mail.imap.peek", "true");
    return properties;
  }

  /** Where it is; null where mails are not fetched. */
  @Nullable ServerAddress address() {
    return address;
  }

  /** Who logs in there, if anybody is named. */
  boolean hasLogin() {
    return user != null && password != null;
  }

  /** What all that is fetched comes from, and the two folders where it goes. */
  String folders() {
    return "%s, to %s and %s".formatted(inbox, taken, aside);
  }

  /**
   * Opens it.
   *
   * @throws MessagingException where it cannot be reached, or does not let us in
   */
  Opened open() throws MessagingException {
    ServerAddress at = address;
    if (at == null) {
      throw new MessagingException("KBS_IMAP_URL names no server.");
    }
    IMAPStore store = (IMAPStore) session.getStore("imap");
    try {
      store.connect(at.plainHost(), at.port(), user, password);
      IMAPFolder from = (IMAPFolder) store.getFolder(inbox);
      from.open(Folder.READ_WRITE);
      return new Opened(store, from, made(store, taken), made(store, aside));
    } catch (MessagingException | RuntimeException e) {
      close(store);
      throw e;
    }
  }

  /** Some servers have all folders of a user below another. */
  private static Folder made(IMAPStore store, String name) throws MessagingException {
    Folder plain = store.getFolder(name);
    if (plain.exists()) {
      return plain;
    }
    Folder made = plain;
    Folder[] own = store.getPersonalNamespaces();
    String root = own.length == 0 ? "" : own[0].getFullName();
    if (!root.isEmpty()) {
      made = store.getFolder(root + own[0].getSeparator() + name);
    }
    if (!made.exists() && !made.create(Folder.HOLDS_MESSAGES) && !made.exists()) {
      throw new MessagingException("The folder " + name + " cannot be made.");
    }
    return made;
  }

  private static void close(IMAPStore store) {
    try {
      store.close();
    } catch (MessagingException e) {
      LOG.debug("A connection to the IMAP server could not be ended well", e);
    }
  }

  /** Why it could not be opened, in words of our own. */
  static String notOpened(MessagingException failure) {
    if (failure instanceof AuthenticationFailedException) {
      return "The IMAP server does not take the login.";
    }
    for (Throwable cause = failure; cause != null; ) {
      if (cause instanceof SSLException) {
        return "No secure connection to the IMAP server could be made.";
      }
      cause =
          cause instanceof MessagingException chained && chained.getNextException() != null
              ? chained.getNextException()
              : cause.getCause();
    }
    return String.valueOf(failure.getMessage()).startsWith("STARTTLS is required")
        ? "The IMAP server offers no STARTTLS."
        : "The mailbox cannot be opened, or a folder of it.";
  }

  /** An open mailbox; not to be used by two at a time. */
  static final class Opened implements AutoCloseable {

    private final IMAPStore store;
    private final IMAPFolder from;
    private final Folder taken;
    private final Folder aside;
    private final boolean movesItself;
    private final boolean removesOne;
    private final List<Message> copied = new ArrayList<>();

    private Opened(IMAPStore store, IMAPFolder from, Folder taken, Folder aside)
        throws MessagingException {
      this.store = store;
      this.from = from;
      this.taken = taken;
      this.aside = aside;
      this.movesItself = store.hasCapability("MOVE");
      this.removesOne = store.hasCapability("UIDPLUS");
    }

    /**
     * The mails that wait, the oldest first. Until the mailbox is closed, what is moved away, or
     * removed by somebody else, is counted as if it were there still.
     *
     * @param passed so many of the first were looked at
     */
    Message[] waiting(int passed, int most) throws MessagingException {
      int there = from.getMessageCount();
      if (there <= passed) {
        return new Message[0];
      }
      Message[] found = from.getMessages(passed + 1, Math.min(there, passed + most));
      FetchProfile profile = new FetchProfile();
      profile.add(FetchProfile.Item.SIZE);
      profile.add(FetchProfile.Item.FLAGS);
      profile.add(UIDFolder.FetchProfileItem.UID);
      from.fetch(found, profile);
      return found;
    }

    /** What a mail is called there, as long as it stays where it is. */
    String name(Message mail) throws MessagingException {
      return from.getUIDValidity() + ":" + from.getUID(mail);
    }

    /** Whether the connection holds. */
    boolean isOpen() {
      return store.isConnected() && from.isOpen();
    }

    /** Whether whoever reads the mailbox as well is about to delete it. */
    static boolean isGone(Message mail) throws MessagingException {
      return mail.isSet(Flag.DELETED);
    }

    /** The bytes of a mail, as they are read. */
    static InputStream read(Message mail) throws IOException {
      try {
        return ((IMAPMessage) mail).getMimeStream();
      } catch (MessagingException e) {
        throw new IOException(e);
      }
    }

    /** Moves a mail to where those go that became replies, or to where the others go. */
    void move(Message mail, boolean isTaken) throws MessagingException {
      Message[] one = {mail};
      Folder to = isTaken ? taken : aside;
      if (movesItself) {
        from.moveMessages(one, to);
      } else {
        from.copyMessages(one, to);
        from.setFlags(one, new Flags(Flag.DELETED), true);
        copied.add(mail);
      }
    }

    /**
     * What was copied, and is to go, goes; what others are about to delete stays, and so does all
     * of it, with its mark, where a server can only remove both.
     *
     * @return how many are not counted any more
     */
    int finish() throws MessagingException {
      int removed = 0;
      if (removesOne && !copied.isEmpty()) {
        removed = from.expunge(copied.toArray(Message[]::new)).length;
      }
      copied.clear();
      return removed;
    }

    @Override
    public void close() {
      Mailbox.close(store);
    }
  }
}
