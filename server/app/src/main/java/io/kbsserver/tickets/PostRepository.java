package io.kbsserver.tickets;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** Gives out the ids that tickets share with all else that is a post in WordPress. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface PostRepository extends GenericRepository<Post, Long> {

  Post insert(Post post);
}
