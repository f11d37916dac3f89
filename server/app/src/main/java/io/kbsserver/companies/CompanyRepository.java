package io.kbsserver.companies;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** Companies whose customers open tickets. */
@JdbcRepository(dialect = Dialect.MYSQL)
public interface CompanyRepository extends GenericRepository<Company, Long> {

  /** Whether there is a company with this id. */
  boolean existsById(long id);
}
