package io.kbsserver.access;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.LocalDateTime;
import java.util.List;

/** When application passwords were used last. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface PasswordUseRepository extends GenericRepository<PasswordUse, String> {

  List<PasswordUse> findByUuidIn(List<String> uuids);

  /** Notes a use, unless a later one is known or the password is no more. */
  @Query(
      """
      INSERT INTO application_password_use (uuid, used_at, address)
      SELECT p.uuid, :usedAt, :address FROM application_password p WHERE p.uuid = :uuid
      ON DUPLICATE KEY UPDATE
        address = IF(used_at <= VALUES(used_at), VALUES(address), address),
        used_at = GREATEST(used_at, VALUES(used_at))
      """)
  void note(String uuid, @WallClockTime LocalDateTime usedAt, String address);
}
