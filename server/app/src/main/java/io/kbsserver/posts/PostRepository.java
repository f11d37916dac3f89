package io.kbsserver.posts;

import static java.util.Objects.requireNonNull;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** Gives out the ids that tickets, replies and files share with all else that is a post. */
@JdbcRepository(dialect = Dialect.MYSQL)
public interface PostRepository extends GenericRepository<Post, Long> {

  /**
   * Takes the next id.
   *
   * @param type what WordPress calls such a post
   */
  default long takeId(String type) {
    return requireNonNull(insert(new Post(null, type)).id());
  }

  /** Adds a post, whose id the database chooses. */
  Post insert(Post post);
}
