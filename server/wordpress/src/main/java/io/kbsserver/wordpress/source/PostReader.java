package io.kbsserver.wordpress.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the posts of a type in batches, in the order of their ids. */
public final class PostReader {

  private static final int MAX_ROWS = 500;
  private static final String BY_PRIMARY_KEY = " FORCE INDEX (PRIMARY)";
  private static final long ENOUGH_CHARACTERS = 4_000_000;

  // Dates as text, since a zero date, or half of one, is no date to the driver.
  private static final String COLUMNS =
      "p.ID, p.post_author, CAST(p.post_date AS CHAR), CAST(p.post_date_gmt AS CHAR),"
          + " CAST(p.post_modified AS CHAR), CAST(p.post_modified_gmt AS CHAR), p.post_status,"
          + " p.post_password <> '', p.post_parent, %s, %s, p.post_title, p.post_content, %s,"
          + " %s, %s, %s, %s";

  private final WordPressDatabase source;
  private final String from;
  private final List<String> metaKeys;
  private long lastId;
  private int limit = MAX_ROWS;

  private PostReader(WordPressDatabase source, String from, List<String> metaKeys) {
    this.source = source;
    this.from = from;
    this.metaKeys = metaKeys;
  }

  /** All posts of a type. */
  public static PostReader ofType(WordPressDatabase source, String type, List<String> metaKeys) {
    return new PostReader(
        source,
        // By the primary key: the index by type would be sorted anew for every batch.
        source.table("posts") + " p" + byPrimaryKey(source) + " WHERE p.post_type = '" + type + "'",
        metaKeys);
  }

  /** All files that hang on a ticket or a reply. */
  public static PostReader ofAttachments(WordPressDatabase source, List<String> metaKeys) {
    return new PostReader(
        source,
        source.table("posts")
            + " p"
            + byPrimaryKey(source)
            + " JOIN "
            + source.table("posts")
            + " o ON o.ID = p.post_parent AND o.post_type IN ('kbs_ticket', 'kbs_ticket_reply')"
            + " WHERE p.post_type = 'attachment' AND p.post_status <> 'trash'",
        metaKeys);
  }

  /** How many there are. */
  public long total() {
    return source.number("SELECT COUNT(*) FROM " + from.replace(BY_PRIMARY_KEY, ""));
  }

  private static String byPrimaryKey(WordPressDatabase source) {
    return source.tables().hasPrimaryKey("posts") ? BY_PRIMARY_KEY : "";
  }

  private String columns() {
    SourceTables tables = source.tables();
    return COLUMNS.formatted(
        ofPost(tables.column("posts", "guid")),
        ofPost(tables.column("posts", "post_mime_type")),
        ofPost(tables.column("posts", "post_name")),
        ofPost(tables.column("posts", "post_excerpt")),
        ofPost(tables.column("posts", "menu_order")),
        ofPost(tables.column("posts", "comment_status")),
        ofPost(tables.column("posts", "ping_status")));
  }

  private static String ofPost(String column) {
    return Character.isLetter(column.charAt(0)) ? "p." + column : column;
  }

  /** The next ones; none at the end. */
  public List<WordPressPost> next() {
    List<WordPressPost> bare =
        source.queryUntil(
            "SELECT " + columns() + " FROM " + from + " AND p.ID > ? ORDER BY p.ID LIMIT " + limit,
            List.of(lastId),
            row ->
                new WordPressPost(
                    row.getLong(1),
                    row.getLong(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.text(7),
                    row.getBoolean(8),
                    row.getLong(9),
                    row.text(10),
                    row.text(11),
                    row.text(12),
                    row.text(13),
                    row.text(14),
                    row.text(15),
                    row.getLong(16),
                    row.text(17),
                    row.text(18),
                    Meta.NONE),
            post -> post.title().length() + post.content().length() + post.excerpt().length(),
            ENOUGH_CHARACTERS);
    // What was asked for and not taken was sent in vain: ask for less, and slowly for more again.
    limit = bare.size() < limit ? Math.max(1, bare.size()) : Math.min(MAX_ROWS, limit * 2);
    if (bare.isEmpty()) {
      return bare;
    }
    lastId = bare.get(bare.size() - 1).id();
    Map<Long, Meta> meta =
        source.meta(
            "postmeta",
            "post_id",
            "meta_id",
            bare.stream().map(WordPressPost::id).toList(),
            metaKeys);
    List<WordPressPost> posts = new ArrayList<>(bare.size());
    for (WordPressPost post : bare) {
      posts.add(withMeta(post, meta.getOrDefault(post.id(), Meta.NONE)));
    }
    return posts;
  }

  private static WordPressPost withMeta(WordPressPost post, Meta meta) {
    return new WordPressPost(
        post.id(),
        post.author(),
        post.date(),
        post.dateGmt(),
        post.modified(),
        post.modifiedGmt(),
        post.status(),
        post.hasPassword(),
        post.parent(),
        post.guid(),
        post.mimeType(),
        post.title(),
        post.content(),
        post.slug(),
        post.excerpt(),
        post.menuOrder(),
        post.commentStatus(),
        post.pingStatus(),
        meta);
  }
}
