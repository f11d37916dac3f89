package io.kbsserver.files;

import io.kbsserver.access.Caller;
import io.kbsserver.access.Visibility;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.Site;
import io.kbsserver.storage.SqlCondition;

/**
 * Which files a caller may see, as a condition of every statement that touches them: those of the
 * tickets that they see, and of the replies that they see there.
 */
public final class FileVisibility {

  /** What the conditions are about: files with their ticket, and the reply that they came with. */
  public static final String TABLES =
      "attachment x JOIN ticket t ON t.id = x.ticket_id LEFT JOIN reply r ON r.id = x.reply_id";

  private FileVisibility() {}

  /** Agents also see those of replies that are not published: drafts, or in WordPress's trash. */
  public static SqlCondition of(Caller caller, Site site) {
    SqlCondition reply =
        caller.isAgent(site)
            ? SqlCondition.of("(r.id IS NULL OR r.status <> ?)", BuiltInStatus.DELETED)
            : SqlCondition.of("(r.id IS NULL OR r.status = ?)", BuiltInStatus.PUBLISHED);
    return reply.and(Visibility.of(caller, site).on("t"));
  }

  /** The condition that a file is there at all, whoever may see it. */
  public static SqlCondition there() {
    return SqlCondition.of(
        "t.status <> ? AND (r.id IS NULL OR r.status <> ?)",
        BuiltInStatus.DELETED,
        BuiltInStatus.DELETED);
  }
}
