package io.kbsserver.media;

import io.kbsserver.access.FileVisibility;
import io.kbsserver.files.FileName;
import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.Page;
import io.kbsserver.list.PostTimes;
import io.kbsserver.list.SearchTerms;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Slugs;
import io.kbsserver.storage.SqlCondition;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The statements on media that are built: each holds which the caller may see. */
@Singleton
class MediaList {

  private static final String TYPE = "COALESCE(x.mime_type, x.type, '')";

  private static final Listing<MediaView> MEDIA =
      new Listing<>(
          FileVisibility.TABLES,
          "x.id",
          """
          SELECT x.id, x.ticket_id, :owner AS parent, x.title, x.file, x.slug, :type AS mime,
            x.author_id, x.comment_status, x.ping_status,
            COALESCE(x.date_local, x.date_gmt) AS date_local, x.date_gmt,
            COALESCE(x.modified_local, x.date_local, x.date_gmt) AS modified_local,
            COALESCE(x.modified_gmt, x.date_gmt) AS modified_gmt
          FROM :page JOIN attachment x ON x.id = page.id
          """
              .replace(":owner", MediaColumn.OWNER)
              .replace(":type", TYPE),
          MediaList::row,
          Page.BehindTheEnd.OF_POSTS);

  private final ListReader reader;

  MediaList(ListReader reader) {
    this.reader = reader;
  }

  /** A page of the media that are wanted and may be seen. */
  Page<MediaView> page(SqlCondition visible, MediaFilter filter, ListRequest request) {
    return reader.page(
        MEDIA,
        visible.and(wanted(filter)),
        SearchTerms.in(List.of("x.title"), filter.search()),
        request);
  }

  private static SqlCondition wanted(MediaFilter filter) {
    return SqlCondition.all(
        List.of(
            SqlCondition.ifGiven("x.date_local > ?", filter.after()),
            SqlCondition.ifGiven("x.date_local < ?", filter.before()),
            SqlCondition.ifGiven("x.modified_local > ?", filter.modifiedAfter()),
            SqlCondition.ifGiven("x.modified_local < ?", filter.modifiedBefore()),
            Selection.among("x.author_id", filter.authors()),
            Selection.notAmong("x.author_id", filter.otherAuthors()),
            of(filter.parents()),
            Selection.notAmong(MediaColumn.OWNER, filter.otherParents()),
            Slugs.among("x.slug", filter.slugs()),
            SqlCondition.ifGiven(TYPE + " LIKE ?", filter.type())));
  }

  /** Each side by its own index. */
  private static SqlCondition of(List<Long> parents) {
    return parents.isEmpty()
        ? SqlCondition.ALWAYS
        : SqlCondition.any(
            List.of(
                Selection.among("x.reply_id", parents),
                Selection.among("x.ticket_id", parents)
                    .and(SqlCondition.of("x.reply_id IS NULL"))));
  }

  /** A file that meets a condition. */
  Optional<MediaView> find(long id, SqlCondition condition) {
    return reader.byIds(MEDIA, condition, List.of(id)).stream().findFirst();
  }

  /** Those of these files that meet a condition. */
  List<MediaView> find(Collection<Long> ids, SqlCondition condition) {
    return reader.byIds(MEDIA, condition, ids);
  }

  /** The first ids behind one of such files, in their order. */
  List<Long> idsBehind(long id, int most, SqlCondition condition) {
    return reader.idsBehind(MEDIA, condition, id, most);
  }

  private static MediaView row(ResultSet row) throws SQLException {
    String title = row.getString("title");
    return new MediaView(
        row.getLong("id"),
        row.getLong("ticket_id"),
        row.getLong("parent"),
        PostTimes.of(row),
        // What WordPress had has a title; what was sent here is called as it was sent.
        row.getString("file") == null ? FileName.title(title) : title,
        row.getString("slug"),
        row.getString("mime"),
        row.getObject("author_id", Long.class),
        row.getString("comment_status"),
        row.getString("ping_status"));
  }
}
