package io.kbsserver.access;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** The application passwords of users. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface ApplicationPasswordRepository extends GenericRepository<ApplicationPassword, String> {

  void insert(ApplicationPassword password);

  /** Those of a user, oldest first. */
  List<ApplicationPassword> findByUserIdOrderByCreatedAtAndUuid(long userId);

  Optional<ApplicationPassword> findByUserIdAndUuid(long userId, String uuid);

  /** Whether a user has one of this name, in whatever case. */
  boolean existsByUserIdAndName(long userId, String name);

  int countByUserId(long userId);

  @Query("UPDATE application_password SET name = :name WHERE user_id = :userId AND uuid = :uuid")
  void rename(long userId, String uuid, String name);

  int deleteByUserIdAndUuid(long userId, String uuid);

  int deleteByUserId(long userId);

  /** Whether anybody has one. */
  @Query("SELECT EXISTS (SELECT 1 FROM application_password)")
  boolean any();
}
