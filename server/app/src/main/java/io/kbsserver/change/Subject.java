package io.kbsserver.change;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a change is a change of: a row of a table, with the rows of others that are part of it. All
 * columns are logged, but for secrets and for what is made of other columns. Of the value of a
 * setting, which may be a key or a password, it is logged that it has changed.
 */
public enum Subject {
  TICKET(
      "ticket",
      "id",
      "id",
      Set.of("ticket_key", "title_key", "title_rendered", "content_rendered", Subject.REVISION),
      Part.of("terms", "ticket_term", "ticket_id", "term_id"),
      Part.inOrder("agents", "ticket_agent", "ticket_id", "user_id"),
      Part.inOrder("participants", "ticket_participant", "ticket_id", "email")),
  REPLY("reply", "id", "ticket_id", Set.of("content_rendered")),
  NOTE("ticket_note", "id", "ticket_id", Set.of("content_rendered")),
  FILE("attachment", "id", "ticket_id", Set.of("copied_from")),
  CUSTOMER(
      "customer",
      "id",
      null,
      Set.of(),
      Part.inOrder("emails", "customer_email", "customer_id", "email")),
  COMPANY("company", "id", null, Set.of()),
  USER(
      "app_user",
      "id",
      null,
      Set.of(),
      Part.of("roles", "user_role", "user_id", "role"),
      Part.of("passwords", "application_password", "user_id", "uuid", "name")),
  TERM(
      "term",
      "id",
      null,
      Set.of(),
      Part.of("agents", "department_agent", "department_id", "user_id")),
  STATUS("ticket_status", "slug", null, Set.of()),
  SETTING("site_setting", "name", null, Set.of()),
  FORM("form", "id", null, Set.of()),
  FORM_FIELD("form_field", "id", null, Set.of()),
  ARTICLE(
      "article",
      "id",
      null,
      Set.of("title_rendered", "content_rendered", "excerpt_rendered"),
      Part.of("terms", "article_term", "article_id", "term_id"));

  /**
   * Rows of another table that are part of a thing.
   *
   * @param field what they are called together
   * @param table where they are
   * @param owner the column with the id of the thing
   * @param columns what they are told by
   * @param ordered whether their column {@code position} matters
   */
  public record Part(
      String field, String table, String owner, List<String> columns, boolean ordered) {

    private static Part of(String field, String table, String owner, String... columns) {
      return new Part(field, table, owner, List.of(columns), false);
    }

    private static Part inOrder(String field, String table, String owner, String column) {
      return new Part(field, table, owner, List.of(column), true);
    }
  }

  /** The column that counts the changes of a ticket. */
  static final String REVISION = "revision";

  /** When the last import was: it says so itself, and nothing else depends on it. */
  public static final String WITHOUT_LOG = "imported_at";

  private final String table;
  private final String id;
  private final @Nullable String ticket;
  private final Set<String> omitted;
  private final List<Part> parts;

  Subject(String table, String id, @Nullable String ticket, Set<String> omitted, Part... parts) {
    this.table = table;
    this.id = id;
    this.ticket = ticket;
    this.omitted = omitted;
    this.parts = List.of(parts);
  }

  /** As it stands in the log and in answers. */
  public String kind() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its table. */
  public String table() {
    return table;
  }

  /** The column that tells its rows apart. */
  public String id() {
    return id;
  }

  /** An id as the database compares it. */
  Object key(String written) {
    return id.equals("id") ? (Object) Long.valueOf(written) : written;
  }

  /** The column with the ticket that it belongs to; null where it belongs to none. */
  public @Nullable String ticket() {
    return ticket;
  }

  /** Whether a column of its table is logged, if it is none that the database works out. */
  public boolean logs(String column) {
    return !omitted.contains(column);
  }

  /** Whether a column may hold a secret, of which only that it has changed is told. */
  boolean hides(String column) {
    return this == SETTING && column.equals("value");
  }

  /** Whether some of its rows only stand for an id. */
  boolean hasStandIns() {
    return switch (this) {
      case USER, CUSTOMER, COMPANY, TERM -> true;
      default -> false;
    };
  }

  /** What else is part of it. */
  public List<Part> parts() {
    return parts;
  }
}
