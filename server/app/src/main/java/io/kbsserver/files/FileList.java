package io.kbsserver.files;

import io.kbsserver.access.FileVisibility;
import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements on files that are built. */
@Singleton
class FileList {

  private static final String FILE =
      "SELECT x.title, x.file, x.sha256, x.size, x.type FROM "
          + FileVisibility.TABLES
          + " WHERE x.id = ? AND t.id = ? AND ";

  private final Jdbc jdbc;

  FileList(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /** A file of a ticket, or of a reply to it, if it may be seen. */
  Optional<FileRow> find(long ticket, long file, SqlCondition visible) {
    List<Object> args = new ArrayList<>(List.of(file, ticket));
    args.addAll(visible.args());
    return jdbc.first(FILE + visible.sql(), args, FileList::row);
  }

  private static FileRow row(ResultSet row) throws SQLException {
    String sha256 = row.getString("sha256");
    return new FileRow(
        row.getString("title"),
        row.getString("file"),
        sha256 == null ? null : new StoredFile(sha256, row.getLong("size"), row.getString("type")));
  }

  /** The files of each of these replies. */
  Map<Long, List<ListedFile>> ofReplies(Collection<Long> replies) {
    return jdbc
        .query(
            "SELECT x.reply_id, x.id, x.title FROM attachment x WHERE x.reply_id IN (%s) ORDER BY x.id"
                .formatted(SqlCondition.placeholders(replies.size())),
            List.copyOf(replies),
            row -> Map.entry(row.getLong(1), new ListedFile(row.getLong(2), row.getString(3))))
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  /** The files of a ticket itself, or of one reply to it. */
  List<AttachedFile> attachedTo(long ticket, @Nullable Long reply) {
    return jdbc.query(
        "SELECT x.id, x.title, x.file, x.sha256, x.size, x.type FROM attachment x"
            + " WHERE x.ticket_id = ? AND x.reply_id <=> ? ORDER BY x.id",
        Arrays.asList(ticket, reply),
        row -> {
          FileRow file = row(row);
          return new AttachedFile(row.getLong("id"), file.name(), file.content());
        });
  }

  /** Those of these digests that a file has. */
  List<String> referred(Collection<String> digests) {
    return jdbc.query(
        "SELECT DISTINCT sha256 FROM attachment WHERE sha256 IN (%s)"
            .formatted(SqlCondition.placeholders(digests.size())),
        List.copyOf(digests),
        row -> row.getString(1));
  }
}
