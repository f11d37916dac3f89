package io.kbsserver.demo;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import org.jspecify.annotations.Nullable;

/** Hangs the files of the demo on its tickets. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface DemoFileRepository extends GenericRepository<DemoFileRepository.FilePost, Long> {

  /** What gives a file its id; null until the database has chosen one. */
  @MappedEntity("post")
  record FilePost(@Id @GeneratedValue @Nullable Long id, String type) {}

  FilePost insert(FilePost post);

  /** A file came with this ticket. */
  @Query(
      """
      INSERT INTO attachment (id, ticket_id, title, url, mime_type, date_gmt, date_local, sha256,
        size, type)
      SELECT :id, t.id, :name, '', :type, t.date_gmt, t.date_local, :sha256, :size, :type
      FROM ticket t WHERE t.id = :ticket
      """)
  void attach(long id, long ticket, String name, String sha256, long size, String type);
}
