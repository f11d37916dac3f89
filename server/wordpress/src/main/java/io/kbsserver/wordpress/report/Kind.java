package io.kbsserver.wordpress.report;

import io.kbsserver.change.Subject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is brought over, in this order: later kinds refer to earlier ones. */
public enum Kind {
  SETTING("settings"),
  USER("users"),
  TERM("terms"),
  COMPANY("companies"),
  CUSTOMER("customers"),
  STATUS("statuses"),
  TICKET("tickets"),
  REPLY("replies"),
  NOTE("notes"),
  /** What the plugin had logged of tickets. */
  LOG_ENTRY("log entries"),
  ATTACHMENT("attachments"),
  FORM("forms"),
  FORM_FIELD("form fields"),
  ARTICLE("articles"),
  /** The bytes of attachments. */
  FILE("files");

  private final String plural;

  Kind(String plural) {
    this.plural = plural;
  }

  /** Whether its rows share their ids with all that were posts in WordPress. */
  public boolean isPost() {
    return switch (this) {
      case COMPANY, TICKET, REPLY, LOG_ENTRY, ATTACHMENT, FORM, FORM_FIELD, ARTICLE -> true;
      case SETTING, USER, TERM, CUSTOMER, STATUS, NOTE, FILE -> false;
    };
  }

  /** What changes of it are told as; null for what tells of changes itself. */
  public @Nullable Subject subject() {
    return switch (this) {
      case LOG_ENTRY -> null;
      case ATTACHMENT, FILE -> Subject.FILE;
      case SETTING,
          USER,
          TERM,
          COMPANY,
          CUSTOMER,
          STATUS,
          TICKET,
          REPLY,
          NOTE,
          FORM,
          FORM_FIELD,
          ARTICLE ->
          Subject.valueOf(name());
    };
  }

  /** For counts and progress. */
  public String plural() {
    return plural;
  }

  /** For problems, and in the table {@code imported}. */
  public String singular() {
    return name().toLowerCase(Locale.ROOT);
  }
}
