package io.kbsserver.files;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Files in the database. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface FileRepository extends GenericRepository<FileKey, Long> {

  @Query(
      """
      INSERT INTO attachment (id, ticket_id, reply_id, title, url, mime_type, date_gmt, date_local,
        modified_gmt, modified_local, sha256, size, type, author_id)
      VALUES (:id, :ticketId, :replyId, :title, '', :type, :gmt, :local, :gmt, :local, :sha256,
        :size, :type, :authorId)
      """)
  void insert(
      long id,
      long ticketId,
      @Nullable Long replyId,
      String title,
      @WallClockTime LocalDateTime gmt,
      @WallClockTime LocalDateTime local,
      String sha256,
      long size,
      String type,
      @Nullable Long authorId);
}
