package io.kbsserver.wordpress.source;

import io.kbsserver.wordpress.report.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which rows of a kind WordPress has, and what tells each from others of the same id. */
public final class SourceRows {

  /**
   * The first columns of a row that stay as long as it is the same: of a row that is changed, one
   * of them changes, of another row under its id both do. The slug of a term may change.
   */
  public record Traits(String first, String second, String slug) {}

  /** The names in WordPress, and the names on the wire, which are ours. */
  public static final Map<String, String> TAXONOMIES =
      Map.of(
          "ticket_category", "ticket_categories",
          "ticket_tag", "ticket_tag",
          "ticket_source", "ticket_sources",
          "department", "ticket_departments",
          "article_category", "article_category",
          "article_tag", "article_tag");

  /** Of a row that nothing is known of. */
  public static final Traits NO_TRAITS = new Traits("", "", "");

  /**
   * A draft has no date of its own: it gets another one, and mostly its title, when it is saved.
   */
  private static final String DATE =
      "IF(%spost_status NOT IN ('auto-draft', 'draft') AND CAST(%spost_date_gmt AS CHAR) > '0001',"
          + " CAST(%spost_date AS CHAR), '')";

  private final WordPressDatabase source;

  public SourceRows(WordPressDatabase source) {
    this.source = source;
  }

  /** Those of these rows that are there. */
  public Map<Long, Traits> of(Kind kind, List<Long> ids) {
    Map<Long, Traits> found = new HashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    List<Object> args = new ArrayList<>();
    if (kind == Kind.TERM) {
      args.addAll(TAXONOMIES.keySet());
    }
    args.addAll(ids);
    source.query(
        select(kind).formatted(WordPressDatabase.placeholders(ids.size())),
        args,
        row ->
            // The first one counts: old sites share a term between taxonomies.
            found.putIfAbsent(
                row.getLong(1),
                new Traits(
                    text(row.getString(2)),
                    text(row.getString(3)),
                    kind == Kind.TERM ? row.text(4) : "")));
    return found;
  }

  private static String text(@Nullable String value) {
    return value == null || value.startsWith("0000-00-00") ? "" : value.strip();
  }

  private String select(Kind kind) {
    String guid = source.tables().column("posts", "guid");
    return switch (kind) {
      case USER ->
          "SELECT ID, user_login, COALESCE(NULLIF(user_email, ''), user_login) FROM "
              + source.table("users")
              + " WHERE ID IN (%s)";
      case CUSTOMER ->
          "SELECT id, email, CAST("
              + source.tables().column("kbs_customers", "date_created")
              + " AS CHAR) FROM "
              + source.table("kbs_customers")
              + " WHERE id IN (%s)";
      case TERM ->
          // Name and slug are what people edit; where it hangs in the taxonomy stays.
          "SELECT t.term_id, CONCAT(x.taxonomy, ' ', x.term_taxonomy_id),"
              + " CONCAT(x.taxonomy, ' ', x.term_taxonomy_id),"
              + " CONCAT(x.taxonomy, ' ', t.slug) FROM "
              + source.table("term_taxonomy")
              + " x JOIN "
              + source.table("terms")
              + " t ON t.term_id = x.term_id WHERE x.taxonomy IN ("
              + WordPressDatabase.placeholders(TAXONOMIES.size())
              + ") AND t.term_id IN (%s) ORDER BY x.term_taxonomy_id";
      case COMPANY -> posts("kbs_company", "post_title");
      case TICKET -> posts("kbs_ticket", "post_title");
      case REPLY -> posts("kbs_ticket_reply", "post_parent");
      case LOG_ENTRY -> posts("kbs_log", "post_parent");
      case FORM -> posts("kbs_form", "post_title");
      case FORM_FIELD -> posts("kbs_form_field", "post_title");
      case ARTICLE -> posts("article", "post_title");
      case ATTACHMENT ->
          "SELECT p.ID, "
              + DATE.formatted("p.", "p.", "p.")
              + ", "
              + (guid.startsWith("'") ? guid : "p." + guid)
              + " FROM "
              + source.table("posts")
              + " p JOIN "
              + source.table("posts")
              + " o ON o.ID = p.post_parent AND o.post_type IN ('kbs_ticket', 'kbs_ticket_reply')"
              + " WHERE p.post_type = 'attachment' AND p.post_status = 'inherit' AND p.ID IN (%s)";
      case NOTE ->
          "SELECT comment_ID, CAST(comment_date AS CHAR), comment_post_ID FROM "
              + source.table("comments")
              + " WHERE "
              + NoteReader.KEPT
              + " AND comment_ID IN (%s)";
      case SETTING, STATUS, FILE -> throw new IllegalArgumentException(kind + " has no ids");
    };
  }

  private String posts(String type, String trait) {
    return "SELECT ID, "
        + DATE.formatted("", "", "")
        + ", "
        + trait
        + " FROM "
        + source.table("posts")
        + " WHERE post_type = '"
        + type
        + "' AND ID IN (%s)";
  }
}
