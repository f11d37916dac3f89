package io.kbsserver.demo;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import org.jspecify.annotations.Nullable;

/** Writes the form and the articles of the demo, which only an import brings elsewhere. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface KnowledgeRepository extends GenericRepository<KnowledgeRepository.Numbered, Long> {

  /** What has an id of WordPress's posts; null until the database has chosen one. */
  @MappedEntity("post")
  record Numbered(@Id @GeneratedValue @Nullable Long id, String type) {}

  /** Chooses an id. */
  Numbered insert(Numbered post);

  /** A published form without fields. */
  @Query(
      """
      INSERT INTO form (id, status, date_local, date_gmt, modified_local, modified_gmt, title)
      VALUES (:id, 'publish', UTC_TIMESTAMP(), UTC_TIMESTAMP(), UTC_TIMESTAMP(), UTC_TIMESTAMP(),
        :title)
      """)
  void insertForm(long id, String title);

  /** A published field of a form. */
  @Query(
      """
      INSERT INTO form_field (id, form_id, status, date_local, date_gmt, modified_local,
        modified_gmt, title, slug, position, default_field, settings)
      VALUES (:id, :form, 'publish', UTC_TIMESTAMP(), UTC_TIMESTAMP(), UTC_TIMESTAMP(),
        UTC_TIMESTAMP(), :title, :slug, :position, :defaultField, :settings)
      """)
  void insertField(
      long id,
      long form,
      String title,
      String slug,
      int position,
      String defaultField,
      String settings);

  /** A published article. */
  @Query(
      """
      INSERT INTO article (id, status, author_id, date_local, date_gmt, modified_local,
        modified_gmt, slug, title_raw, title_rendered, content_raw, content_rendered, excerpt_raw,
        excerpt_rendered, restricted)
      VALUES (:id, 'publish', :author, UTC_TIMESTAMP(), UTC_TIMESTAMP(), UTC_TIMESTAMP(),
        UTC_TIMESTAMP(), :slug, :title, :title, :content, :rendered, '', :excerpt, :restricted)
      """)
  void insertArticle(
      long id,
      long author,
      String slug,
      String title,
      String content,
      String rendered,
      String excerpt,
      boolean restricted);
}
