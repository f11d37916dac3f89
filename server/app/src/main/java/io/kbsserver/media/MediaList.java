package io.kbsserver.media;

import static java.util.Objects.requireNonNullElse;

import io.kbsserver.files.FileName;
import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.Page;
import io.kbsserver.list.SearchTerms;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.TableCondition;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** The statements on media that are built. */
@Singleton
class MediaList {

  private static final Listing<MediaView> MEDIA =
      new Listing<>(
          "attachment x JOIN ticket t ON t.id = x.ticket_id LEFT JOIN reply r ON r.id = x.reply_id",
          "x.id",
          """
          SELECT x.id, x.ticket_id, COALESCE(x.reply_id, x.ticket_id) AS parent, x.title, x.file,
            x.slug, COALESCE(x.mime_type, x.type, '') AS mime, COALESCE(x.date_local, x.date_gmt) AS
            date_local, x.date_gmt, x.modified_local, x.modified_gmt, x.author_id
          FROM :page JOIN attachment x ON x.id = page.id
          """,
          MediaList::row,
          Page.BehindTheEnd.OF_POSTS);

  private static final SqlCondition THERE =
      SqlCondition.of("(r.id IS NULL OR r.status <> ?)", BuiltInStatus.DELETED);

  private final ListReader reader;
  private final Jdbc jdbc;

  MediaList(ListReader reader, Jdbc jdbc) {
    this.reader = reader;
    this.jdbc = jdbc;
  }

  /** A page of the media that are wanted, of tickets that may be seen. */
  Page<MediaView> page(TableCondition visible, MediaFilter filter, ListRequest request) {
    List<Long> parents = requireNonNullElse(filter.parents(), List.of());
    SqlCondition wanted =
        parents.isEmpty()
            ? SqlCondition.ALWAYS
            : SqlCondition.any(
                List.of(
                    SqlCondition.in("x.reply_id", parents),
                    SqlCondition.in("x.ticket_id", parents)
                        .and(SqlCondition.of("x.reply_id IS NULL"))));
    if (filter.kind() != null) {
      wanted =
          wanted.and(
              SqlCondition.of("COALESCE(x.mime_type, x.type) LIKE ?", filter.kind() + "/%"));
    }
    return reader.page(
        MEDIA,
        visible.on("t").and(THERE).and(wanted),
        SearchTerms.in(List.of("x.title"), filter.search()),
        request);
  }

  /** A file of a ticket that may be seen. */
  Optional<MediaView> find(long id, TableCondition visible) {
    return reader.newest(
        MEDIA, SqlCondition.of("x.id = ?", id).and(THERE).and(visible.on("t")));
  }

  /** Whether there is such a file, whoever may see it. */
  boolean exists(long id) {
    return jdbc.number("SELECT COUNT(*) FROM attachment WHERE id = ?", List.of(id)) > 0;
  }

  private static MediaView row(ResultSet row) throws SQLException {
    String title = row.getString("title");
    LocalDateTime date = row.getObject("date_local", LocalDateTime.class);
    LocalDateTime gmt = row.getObject("date_gmt", LocalDateTime.class);
    return new MediaView(
        row.getLong("id"),
        row.getLong("ticket_id"),
        row.getLong("parent"),
        // What WordPress had has a title; what was sent here is called as it was sent.
        row.getString("file") == null ? FileName.title(title) : title,
        row.getString("slug"),
        row.getString("mime"),
        date,
        gmt,
        requireNonNullElse(row.getObject("modified_local", LocalDateTime.class), date),
        requireNonNullElse(row.getObject("modified_gmt", LocalDateTime.class), gmt),
        row.getObject("author_id", Long.class));
  }
}
