package io.kbsserver.repair;

import io.kbsserver.change.Subject;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** One after the other corrects counters. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface RecountRepository extends GenericRepository<TermCountRepository.Counter, Long> {

  /**
   * Lets no import correct them until the end of the transaction: it adds by how much they are off.
   */
  @Query("SELECT name FROM site_setting WHERE name = '" + Subject.WITHOUT_LOG + "' FOR UPDATE")
  Optional<String> lock();
}
