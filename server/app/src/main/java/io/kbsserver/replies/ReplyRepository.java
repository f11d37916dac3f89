package io.kbsserver.replies;

import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.storage.StandIn;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Replies in the database, by id, and who may have written one. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface ReplyRepository extends GenericRepository<ReplyRow, Long> {

  /** Somebody who can log in. */
  @MappedEntity("app_user")
  record KnownUser(@Id long id, String email) {}

  void insert(ReplyRow reply);

  /** Whether there is a reply with this id to a ticket that there is, whoever may see it. */
  @Query(
      "SELECT EXISTS (SELECT 1 FROM reply r JOIN ticket t ON t.id = r.ticket_id WHERE r.id = :id"
          + " AND r.status <> '"
          + BuiltInStatus.DELETED
          + "' AND t.status <> '"
          + BuiltInStatus.DELETED
          + "')")
  boolean exists(long id);

  /** Those with this id. */
  @Query("SELECT u.id, u.email FROM app_user u WHERE u.id = :id AND u." + StandIn.LEFT_OUT)
  List<KnownUser> logins(long id);

  /** Those with an e-mail address that looks like this one, by id. */
  @Query(
      "SELECT u.id, u.email FROM app_user u WHERE u.email = :email AND u."
          + StandIn.LEFT_OUT
          + " ORDER BY u.id")
  List<KnownUser> logins(String email);
}
