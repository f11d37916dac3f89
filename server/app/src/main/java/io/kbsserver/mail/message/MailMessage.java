package io.kbsserver.mail.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mail as it is to be sent. No text of it that stands in a header has a line break.
 *
 * @param messageId with its angle brackets, as in the header
 * @param to the one who gets it
 * @param html null where it has only text
 * @param headers further ones, by name, In-Reply-To and References among them
 */
public record MailMessage(
    String messageId,
    Address from,
    Address replyTo,
    String to,
    String subject,
    @Nullable String html,
    String text,
    Map<String, String> headers,
    List<Attachment> attachments) {

  /** A line break in a header would begin another one. */
  public MailMessage {
    List<String> lines = new ArrayList<>(List.of(messageId, to, subject));
    lines.addAll(List.of(from.name(), from.email(), replyTo.name(), replyTo.email()));
    headers.forEach((name, value) -> lines.addAll(List.of(name, value)));
    attachments.forEach(file -> lines.addAll(List.of(file.name(), file.type())));
    if (!lines.stream().allMatch(OneLine::is)) {
      throw new MailFault("something in its header has a line break");
    }
  }

  /**
   * An address with the name of who has it.
   *
   * @param name empty where there is none
   */
  public record Address(String name, String email) {}

  /**
   * A file that comes along.
   *
   * @param size in bytes
   */
  public record Attachment(String name, String type, long size, Content content) {}

  /** The bytes of a file, read when they are sent. */
  @FunctionalInterface
  public interface Content {

    /** Begins to read; to be closed by who reads. */
    InputStream open() throws IOException;
  }
}
