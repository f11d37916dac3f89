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

  /** The same, but for this one. */
  boolean existsByUserIdAndNameAndUuidNotEqual(long userId, String name, String uuid);

  int countByUserId(long userId);

  @Query("UPDATE application_password SET name = :name WHERE user_id = :userId AND uuid = :uuid")
  void rename(long userId, String uuid, String name);

  /** Takes one away, with its use; tells whether there was one. */
  default boolean revoke(long userId, String uuid) {
    boolean revoked = deleteByUserIdAndUuid(userId, uuid) > 0;
    if (revoked) {
      forgetUses(List.of(uuid));
    }
    return revoked;
  }

  /** Takes all away, with their uses; tells how many. */
  default int revokeAll(long userId) {
    List<String> uuids =
        findByUserIdOrderByCreatedAtAndUuid(userId).stream()
            .map(ApplicationPassword::uuid)
            .toList();
    int revoked = deleteByUserId(userId);
    if (!uuids.isEmpty()) {
      forgetUses(uuids);
    }
    return revoked;
  }

  int deleteByUserIdAndUuid(long userId, String uuid);

  int deleteByUserId(long userId);

  /** After the passwords: who writes a use holds the row of its password meanwhile. */
  @Query("DELETE FROM application_password_use WHERE uuid IN (:uuids)")
  void forgetUses(List<String> uuids);

  /** Whether anybody has one. */
  @Query("SELECT EXISTS (SELECT 1 FROM application_password)")
  boolean any();
}
