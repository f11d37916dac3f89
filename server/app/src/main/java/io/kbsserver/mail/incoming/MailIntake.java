package io.kbsserver.mail.incoming;

import io.kbsserver.files.FileIntake;
import io.kbsserver.files.FileName;
import io.kbsserver.files.NewFiles;
import io.kbsserver.mail.incoming.Matching.Match;
import io.kbsserver.mail.incoming.ReceivedMails.Receipt;
import io.kbsserver.posts.WrittenContent;
import io.kbsserver.refusal.Refusal;
import io.kbsserver.refusal.Unavailable;
import io.kbsserver.replies.ReplyWriter;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.storage.DatabaseFault;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.text.PlainText;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.james.mime4j.MimeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides of one mail whether it becomes a reply, and makes it one. */
@Singleton
class MailIntake {

  private static final Logger LOG = LoggerFactory.getLogger(MailIntake.class);

  /** Of a mail that is too large, no more is fetched. */
  private static final int HEAD_OF_LARGE = 128 * 1024;

  /** What breaks lines, or turns the direction of what follows in a list. */
  private static final Pattern TURNED =
      Pattern.compile("[\\s\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+");

  private static final int LONGEST_ID = 400;
  private static final int LONGEST_SUBJECT = 250;
  private static final int LONGEST_ADDRESS = 254;
  private static final int MOST_LEFT_OUT = 20;

  private final Matching matching;
  private final ReceivedMails received;
  private final ReplyWriter replies;
  private final FileIntake files;
  private final CurrentSite settings;
  private final @Nullable String authservId;
  private final long mostBytes;
  private final Duration mostTime;

  MailIntake(
      Matching matching,
      ReceivedMails received,
      ReplyWriter replies,
      FileIntake files,
      CurrentSite settings,
      @Nullable @Property(name = "kbs.mail.in.authserv-id") String authservId,
      @Property(name = "kbs.mail.in.size") long mostBytes,
      @Property(name = "kbs.mail.in.time") Duration mostTime) {
    this.matching = matching;
    this.received = received;
    this.replies = replies;
    this.files = files;
    this.settings = settings;
    this.authservId = authservId;
    this.mostBytes = mostBytes;
    this.mostTime = mostTime;
  }

  /** What became of a mail. */
  enum Fate {
    /** It is a reply, or has been one before. */
    TAKEN,
    /** Somebody has to look at it. */
    ASIDE
  }

  /** The mail, opened to be read from its beginning. */
  @FunctionalInterface
  interface Source {

    /** Begins to read; to be closed by who reads. */
    InputStream open() throws IOException;
  }

  /** What is known of a mail so far, for what is written down of it. */
  private static final class Known {
    private MailHead head = new MailHead(Map.of());
    private String sender = "";
    private @Nullable Long ticketId;
  }

  /**
   * Takes a mail or puts it aside.
   *
   * @param size as the mailbox says
   * @throws IOException if the mailbox cannot be read; of the mail nothing is known then
   */
  Fate take(Source mail, long size) throws IOException {
    Known known = new Known();
    boolean isLarge = size > mostBytes;
    try (InputStream opened = mail.open();
        BoundedStream source =
            new BoundedStream(
                opened,
                size,
                isLarge ? HEAD_OF_LARGE : mostBytes,
                System.nanoTime() + mostTime.toNanos())) {
      String reason;
      try {
        read(source, isLarge, known);
        return Fate.TAKEN;
      } catch (PutAside e) {
        reason = e.reason();
      } catch (IOException e) {
        if (source.isBroken()) {
          throw e;
        }
        reason = source.isExceeded() ? "It is too large, or takes too long." : unread(e);
      } catch (MimeException | StackOverflowError e) {
        reason = unread(e);
      } catch (Unavailable e) {
        throw e;
      } catch (Refusal e) {
        reason = String.valueOf(e.getMessage());
      } catch (RuntimeException e) {
        if (source.isBroken() || isOfDatabase(e)) {
          throw e;
        }
        LOG.warn("A mail could not be taken: {}", e.toString());
        LOG.debug("Why", e);
        reason = "It could not be taken, as the log says.";
      }
      received.putAside(receipt(known), digest(known.head, List.of()), reason, known.ticketId);
      return Fate.ASIDE;
    }
  }

  private static boolean isOfDatabase(RuntimeException e) {
    return DatabaseFault.of(e).isPresent();
  }

  private static String unread(Throwable e) {
    LOG.debug("A mail cannot be read", e);
    return "It cannot be read: it is no mail as mails are.";
  }

  private void read(InputStream source, boolean isLarge, Known known)
      throws IOException, MimeException {
    MailReading reading = new MailReading(source);
    MailHead head = reading.head();
    known.head = head;
    Optional<String> from = head.sender();
    known.sender = from.orElse("");
    if (isLarge) {
      throw new PutAside("It is larger than %d bytes.".formatted(mostBytes));
    }
    Match match;
    try {
      match = match(head, from, known);
    } catch (PutAside e) {
      if (wasTaken(reading, known)) {
        return;
      }
      throw e;
    }
    take(reading, head, match, receipt(known));
  }

  private Match match(MailHead head, Optional<String> from, Known known) {
    String sender = checked(head, from);
    Match match = matching.of(head, sender);
    known.ticketId = match.ticketId();
    if (received.isTooMuch(sender)) {
      throw new PutAside("Too many mails of its sender have come within an hour.");
    }
    return match;
  }

  /**
   * Whether it comes again, though its sender may take part no more: it is a reply all the same.
   */
  private boolean wasTaken(MailReading reading, Known known) throws IOException, MimeException {
    if (!received.mayBeTaken(receipt(known))) {
      return false;
    }
    try {
      List<String> content = new ArrayList<>();
      String text = text(reading.texts((name, bytes) -> content.add(fileName(name))));
      content.add(text);
      return received.isTaken(digest(known.head, content));
    } catch (PutAside e) {
      return false;
    }
  }

  private String checked(MailHead head, Optional<String> from) {
    if (from.isEmpty() || !PlainText.isEmail(from.get())) {
      throw new PutAside("It is not from one address.");
    }
    String sender = from.get();
    if (sender.equalsIgnoreCase(settings.current().get(Setting.FROM_EMAIL))
        || !head.messageId().isEmpty() && matching.isOwn(head.messageId())) {
      throw new PutAside("It was sent from here.");
    }
    Automatic.sign(head, sender)
        .ifPresent(
            sign -> {
              throw new PutAside("A program has written it, by " + sign + ".");
            });
    if (authservId != null && !Authentication.hasPassed(head, authservId, sender)) {
      throw new PutAside("%s does not say that DMARC passed.".formatted(authservId));
    }
    return sender;
  }

  private void take(MailReading reading, MailHead head, Match match, Receipt receipt)
      throws IOException, MimeException {
    List<String> named = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    try (NewFiles taken = new NewFiles()) {
      String text =
          text(reading.texts((name, content) -> take(taken, name, content, named, leftOut)));
      if (text.isBlank() && taken.isEmpty()) {
        throw new PutAside(
            leftOut.isEmpty()
                ? "Nothing is written in it."
                : "Nothing is written in it, and its files are not taken: " + list(leftOut));
      }
      List<String> content = new ArrayList<>(named);
      content.add(text);
      String digest = digest(head, content);
      if (received.isTaken(digest)) {
        return;
      }
      WrittenContent written = replies.mailed(AnswerText.of(text, leftOut, settings.current()));
      received.take(
          receipt,
          digest,
          digest(head, List.of()),
          match,
          written,
          taken,
          leftOut.isEmpty() ? null : "Left out: " + list(leftOut));
    } catch (UncheckedIOException e) {
      throw files.notStored(e);
    }
  }

  private void take(
      NewFiles taken, String sent, InputStream content, List<String> named, List<String> leftOut)
      throws IOException {
    String name = fileName(sent);
    named.add(name);
    Readable readable = new Readable(content);
    try {
      switch (files.take(taken, name, () -> readable)) {
        case TAKEN -> {}
        case UNWANTED, TOO_MANY -> leftOut.add(name);
      }
    } catch (IOException | UncheckedIOException | StartupFailure e) {
      IOException ofMail = readable.failure();
      if (ofMail != null) {
        throw ofMail;
      }
      throw files.notStored(e);
    }
  }

  private static String text(List<QuotedText.Unquoted> answers) {
    return answers.stream()
        .map(QuotedText.Unquoted::text)
        .filter(one -> !one.isBlank())
        .collect(Collectors.joining("\n\n"));
  }

  private static String fileName(String sent) {
    return FileName.of(PartText.harmless(sent));
  }

  private static String list(List<String> names) {
    return names.stream().limit(MOST_LEFT_OUT).collect(Collectors.joining(", "));
  }

  private static Receipt receipt(Known known) {
    MailHead head = known.head;
    return new Receipt(
        shortened(head.messageId(), LONGEST_ID),
        shortened(known.sender, LONGEST_ADDRESS),
        shortened(
            TURNED.matcher(PartText.harmless(head.subject())).replaceAll(" ").strip(),
            LONGEST_SUBJECT));
  }

  private static String shortened(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }

  /** By what a mail is known again, however it comes: not by what servers on its way add. */
  private static String digest(MailHead head, List<String> content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List<String> all = new ArrayList<>();
      for (String name : List.of("message-id", "date", "from", "subject")) {
        all.add(head.first(name));
      }
      all.addAll(content);
      for (String one : all) {
        byte[] bytes = one.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
