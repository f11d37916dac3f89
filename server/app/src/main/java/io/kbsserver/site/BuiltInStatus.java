package io.kbsserver.site;

import java.util.List;
import java.util.Map;

/** The statuses of tickets that are there without anybody registering them. */
public final class BuiltInStatus {

  /** Nobody has looked at it yet. */
  public static final String NEW = "new";

  /** Somebody works on it. */
  public static final String OPEN = "open";

  /** It waits for something. */
  public static final String HOLD = "hold";

  /** It is done. */
  public static final String CLOSED = "closed";

  /** Those of the help desk, which no site can be without. */
  public static final List<String> OF_THE_HELP_DESK = List.of(NEW, OPEN, HOLD, CLOSED);

  /** Those in which a ticket is still work for somebody. */
  public static final List<String> UNRESOLVED = List.of(NEW, OPEN, HOLD);

  /** WordPress's: listed only for those who may read private posts, and on demand. */
  public static final String PRIVATE = "private";

  /** WordPress's: not sent yet. */
  public static final String DRAFT = "draft";

  /** WordPress's: begun, not even kept as a draft. */
  public static final String AUTO_DRAFT = "auto-draft";

  /** WordPress's: waits for somebody to publish it. */
  public static final String PENDING = "pending";

  /** WordPress's: to be seen by everybody. */
  public static final String PUBLISHED = "publish";

  /** Those of WordPress, with their labels. A ticket can be in any of them. */
  public static final Map<String, String> OF_WORDPRESS =
      Map.of(
          AUTO_DRAFT,
          "Auto-Draft",
          DRAFT,
          "Draft",
          "future",
          "Scheduled",
          "inherit",
          "Inherited",
          PENDING,
          "Pending Review",
          PRIVATE,
          "Private",
          PUBLISHED,
          "Published",
          "trash",
          "Trash");

  /** Those in which a ticket has not been taken by anybody yet. */
  public static final List<String> UNTAKEN = List.of(NEW, DRAFT, AUTO_DRAFT);

  /**
   * Ours: deleted in WordPress after it had come from there. No site can register it, and nobody
   * sees such a ticket.
   */
  public static final String DELETED = ".deleted";

  private BuiltInStatus() {}
}
