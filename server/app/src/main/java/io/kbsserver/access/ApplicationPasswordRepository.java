package io.kbsserver.access;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The application passwords of users. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface ApplicationPasswordRepository extends GenericRepository<ApplicationPassword, String> {

  void insert(ApplicationPassword password);

  /** Those of a user, oldest first. */
  List<ApplicationPassword> findByUserIdOrderByCreatedAtAndUuid(long userId);

  int deleteByUserIdAndUuid(long userId, String uuid);

  int deleteByUserId(long userId);

  /** Whether anybody has one. */
  @Query("SELECT EXISTS (SELECT 1 FROM application_password)")
  boolean any();
}
