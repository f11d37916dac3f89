package io.kbsserver.replies;

import io.kbsserver.files.ListedFile;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reply with all that is shown of it; on the site's clock where it does not say GMT.
 *
 * @param sourceId the term that says how it came; null where that is not known
 */
public record ReplyView(
    long id,
    LocalDateTime date,
    LocalDateTime dateGmt,
    LocalDateTime modified,
    LocalDateTime modifiedGmt,
    String status,
    String raw,
    String rendered,
    @Nullable Long sourceId,
    Ticket ticket,
    List<ListedFile> files) {

  /** The same with the files that came with it. */
  ReplyView withFiles(List<ListedFile> itsFiles) {
    return new ReplyView(
        id,
        date,
        dateGmt,
        modified,
        modifiedGmt,
        status,
        raw,
        rendered,
        sourceId,
        ticket,
        itsFiles);
  }

  /** The ticket that it belongs to, with its customer, their login and company. */
  public record Ticket(
      long id,
      @Nullable String number,
      String key,
      String status,
      @Nullable Long customerId,
      @Nullable Long userId,
      @Nullable Long companyId) {}
}
