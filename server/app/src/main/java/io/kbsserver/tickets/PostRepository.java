package io.kbsserver.tickets;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** Gives out the ids that tickets share with all else that is a post in WordPress. */
@JdbcRepository(dialect = Dialect.MYSQL)
public interface PostRepository extends GenericRepository<Post, Long> {

  /** Takes the next id. */
  Post insert(Post post);
}
