package io.kbsserver.mail.incoming;

import io.kbsserver.mail.message.ReplyMarker;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mail as it comes, once and from its beginning: first what its header says, then its texts
 * and files. Of all that is in it only texts are in memory, up to a bound.
 */
final class MailReading {

  private static final int DEEPEST = 20;
  private static final int MOST_PARTS = 300;
  private static final int MOST_FIELDS = 1000;
  private static final int LONGEST_FIELD = 64 * 1024;
  private static final int LONGEST_TEXT = 1024 * 1024;

  /** Of what is kept of a header, and of all texts of a mail as they are read, in characters. */
  private static final int LONGEST_HEAD = 256 * 1024;

  private static final int LONGEST_TEXTS = 4 * LONGEST_TEXT;

  /** Of a line of a header, or of one that may separate parts. */
  private static final int LONGEST_LINE = 256 * 1024;

  private static final String TOO_MANY_PARTS = "It has too many parts.";
  private static final String ENCIPHERED = "It is enciphered, or wrapped in a signature.";

  /** Takes the files of a mail. */
  @FunctionalInterface
  interface Files {

    /** One of them, in the order in which they come. */
    void take(String name, InputStream content) throws IOException;
  }

  /** A text, and whether there is more of it than is read. */
  private record Piece(boolean html, String text, boolean whole) {}

  /** Parts that belong together, and the texts in them. */
  private record Group(String type, List<Piece> texts) {

    boolean isAlternative() {
      return type.equals("multipart/alternative");
    }
  }

  private final MimeTokenStream stream;
  private final Deque<Group> open = new ArrayDeque<>();
  private final Map<String, String> fields = new HashMap<>();
  private int parts;
  private int lengthOfTexts;

  MailReading(InputStream mail) {
    stream =
        new MimeTokenStream(
            MimeConfig.custom()
                .setMaxLineLen(LONGEST_LINE)
                .setMaxHeaderLen(LONGEST_FIELD)
                .setMaxHeaderCount(MOST_FIELDS)
                .build());
    // A mail in a mail is a file.
    stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
    stream.parse(mail);
  }

  /** What the header says; to be asked first. */
  MailHead head() throws IOException, MimeException {
    Map<String, List<String>> head = new HashMap<>();
    int length = 0;
    EntityState state = stream.getState();
    while (state != EntityState.T_END_HEADER && state != EntityState.T_END_OF_STREAM) {
      if (state == EntityState.T_FIELD) {
        Field field = stream.getField();
        String name = field.getName().strip().toLowerCase(Locale.ROOT);
        if (MailHead.LOOKED_AT.contains(name)) {
          String value = isDisguised(name, field) ? "" : value(field);
          length += value.length();
          if (length > LONGEST_HEAD) {
            throw new PutAside("Its header is too long.");
          }
          head.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        }
        keep(field);
      }
      state = stream.next();
    }
    return new MailHead(head);
  }

  /** The texts of the mail, one behind the other; what is no text goes to whoever takes files. */
  List<QuotedText.Unquoted> texts(Files files) throws IOException, MimeException {
    open.push(new Group("multipart/mixed", new ArrayList<>()));
    EntityState state = stream.getState();
    while (state != EntityState.T_END_OF_STREAM) {
      switch (state) {
        case T_START_BODYPART -> {
          fields.clear();
          parts++;
          if (parts > MOST_PARTS) {
            throw new PutAside(TOO_MANY_PARTS);
          }
        }
        case T_FIELD -> keep(stream.getField());
        case T_START_MULTIPART -> begin();
        case T_END_MULTIPART -> end();
        case T_BODY -> body(files);
        default -> {}
      }
      state = stream.next();
    }
    while (open.size() > 1) {
      end();
    }
    return answers(chosen(open.pop()));
  }

  private void keep(Field field) {
    String name = field.getName().strip().toLowerCase(Locale.ROOT);
    if (name.startsWith("content-")) {
      fields.putIfAbsent(name, value(field));
    }
  }

  /**
   * Who checks where a mail comes from does not see a sender as we would, without such characters.
   */
  private static boolean isDisguised(String name, Field field) {
    String raw = new String(field.getRaw().toByteArray(), StandardCharsets.UTF_8);
    return name.equals("from")
        && raw.codePoints()
            .anyMatch(
                point ->
                    point == '\uFEFF'
                        || Character.isISOControl(point) && "\r\n\t".indexOf(point) < 0);
  }

  private static String value(Field field) {
    String raw = PartText.decoded(field.getRaw().toByteArray(), StandardCharsets.UTF_8.name());
    return raw.substring(raw.indexOf(':') + 1).replaceAll("\n(?=[ \t])", "").strip();
  }

  private void begin() {
    String type = stream.getBodyDescriptor().getMimeType().toLowerCase(Locale.ROOT);
    if (type.equals("multipart/encrypted")) {
      throw new PutAside(ENCIPHERED);
    }
    if (open.size() > DEEPEST) {
      throw new PutAside("Its parts are nested too deep.");
    }
    open.push(new Group(type, new ArrayList<>()));
  }

  private void end() {
    List<Piece> texts = chosen(open.pop());
    open.element().texts().addAll(texts);
  }

  /** Of texts that say the same, the plain one, unless nothing stands in it. */
  private static List<Piece> chosen(Group group) {
    if (!group.isAlternative()) {
      return group.texts();
    }
    List<Piece> plain = group.texts().stream().filter(text -> !text.html()).toList();
    return plain.stream().anyMatch(text -> !text.text().isBlank())
        ? plain
        : group.texts().stream().filter(Piece::html).toList();
  }

  private void body(Files files) throws IOException {
    ContentType type = type();
    String kind = type.getBaseType().toLowerCase(Locale.ROOT);
    String name = name(type);
    if (kind.equals("application/pkcs7-mime") || kind.equals("application/x-pkcs7-mime")) {
      throw new PutAside(ENCIPHERED);
    }
    boolean isText = kind.equals("text/plain") || kind.equals("text/html");
    if (isText && name == null && !isAttached()) {
      Piece text = text(type, kind.equals("text/html"));
      lengthOfTexts += text.text().length();
      if (lengthOfTexts > LONGEST_TEXTS) {
        throw new PutAside("Its texts are too long.");
      }
      open.element().texts().add(text);
    } else if (!isSignature(kind) && !isOtherFormOfText(kind, name)) {
      files.take(name == null ? unnamed(kind) : name, stream.getDecodedInputStream());
    }
  }

  /** It says who has written the rest, and nothing else. */
  private boolean isSignature(String kind) {
    return open.element().type().equals("multipart/signed")
        && (kind.endsWith("-signature") || kind.startsWith("application/pgp"));
  }

  private boolean isOtherFormOfText(String kind, @Nullable String name) {
    return open.element().isAlternative()
        && name == null
        && kind.startsWith("text/")
        && !kind.equals("text/calendar");
  }

  private Piece text(ContentType type, boolean html) throws IOException {
    InputStream content = stream.getDecodedInputStream();
    byte[] bytes = content.readNBytes(LONGEST_TEXT);
    boolean whole = content.read() < 0;
    String charset = type.getParameter("charset");
    String text =
        whole || bytes.length == 0
            ? PartText.decoded(bytes, charset == null ? "us-ascii" : charset)
            : PartText.decoded(shortened(bytes), charset == null ? "us-ascii" : charset);
    if (!html && "flowed".equalsIgnoreCase(type.getParameter("format"))) {
      text = FlowedText.whole(text, "yes".equalsIgnoreCase(type.getParameter("delsp")));
    }
    return new Piece(html, html ? PartText.ofHtml(text) : PartText.unarmoured(text), whole);
  }

  /** Up to the last whole line, so that no character is cut in two. */
  private static byte[] shortened(byte[] bytes) {
    int end = bytes.length;
    while (end > 1 && bytes[end - 1] != '\n') {
      end--;
    }
    return end > 1 ? Arrays.copyOf(bytes, end) : bytes;
  }

  private static List<QuotedText.Unquoted> answers(List<Piece> texts) {
    if (texts.stream().anyMatch(text -> ReplyMarker.isOfNote(text.text()))) {
      throw new PutAside("It quotes a mail about a private note.");
    }
    List<QuotedText.Unquoted> answers = new ArrayList<>();
    for (Piece text : texts) {
      QuotedText.Unquoted answer = QuotedText.of(text.text());
      if (!text.whole() && !answer.cut()) {
        throw new PutAside("Its text is too long.");
      }
      answers.add(answer);
      if (answer.cut()) {
        // What comes behind is what was quoted.
        break;
      }
    }
    return answers;
  }

  private ContentType type() {
    try {
      String said = fields.get("content-type");
      return said == null ? new ContentType("text/plain") : new ContentType(said);
    } catch (ParseException e) {
      ContentType type = new ContentType();
      String[] known = stream.getBodyDescriptor().getMimeType().split("/", 2);
      type.setPrimaryType(known[0]);
      type.setSubType(known.length > 1 ? known[1] : "octet-stream");
      return type;
    }
  }

  private boolean isAttached() {
    return fields
        .getOrDefault("content-disposition", "")
        .toLowerCase(Locale.ROOT)
        .startsWith("attachment");
  }

  private @Nullable String name(ContentType type) {
    String name = null;
    try {
      String said = fields.get("content-disposition");
      name = said == null ? null : new ContentDisposition(said).getParameter("filename");
    } catch (ParseException e) {
      // The other place may have it.
    }
    if (name == null) {
      name = type.getParameter("name");
    }
    if (name == null || name.isBlank()) {
      return null;
    }
    try {
      return MimeUtility.decodeText(name);
    } catch (UnsupportedEncodingException | RuntimeException e) {
      return name;
    }
  }

  private static String unnamed(String kind) {
    return switch (kind) {
      case "message/rfc822" -> "message.eml";
      case "text/calendar" -> "invitation.ics";
      case "text/plain" -> "text.txt";
      case "text/html" -> "text.html";
      default -> {
        String ending = kind.substring(kind.indexOf('/') + 1).replaceAll("[^a-z0-9]", "");
        yield "file." + (ending.isEmpty() ? "bin" : ending);
      }
    };
  }
}
