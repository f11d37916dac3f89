package io.kbsserver.notes;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** Writes notes. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface NoteRepository extends GenericRepository<NoteRow, Long> {

  NoteRow insert(NoteRow note);

  /** What a user is called. */
  @Query("SELECT display_name FROM app_user WHERE id = :userId")
  String nameOf(long userId);
}
