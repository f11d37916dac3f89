package io.kbsserver.terms;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import org.jspecify.annotations.Nullable;

/**
 * A category, tag, source or department; the id is null until the database has chosen one.
 *
 * @param taxonomy {@link Taxonomy#wireName()}
 * @param parentId the category that it is below; null for none
 * @param missing whether it has been deleted here, and only stands for its id
 */
@MappedEntity
record Term(
    @Id @GeneratedValue @Nullable Long id,
    String taxonomy,
    String slug,
    String name,
    String description,
    @Nullable Long parentId,
    boolean missing) {

  /** One to insert. */
  static Term made(
      Taxonomy taxonomy, String slug, String name, String description, @Nullable Long parentId) {
    return new Term(null, taxonomy.wireName(), slug, name, description, parentId, false);
  }
}
