package io.kbsserver.terms;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Categories, tags, sources and departments. */
@JdbcRepository(dialect = Dialect.MYSQL)
public interface TermRepository extends GenericRepository<Term, Long> {

  /** Where a term stands. */
  @MappedEntity("term")
  record Place(@Id long id, @Nullable Long parentId) {}

  /** Those of the ids that are terms of this taxonomy. */
  default List<Long> existing(Taxonomy taxonomy, List<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : findIdByTaxonomyAndIdInAndMissingFalse(taxonomy.wireName(), ids);
  }

  /** Those of the ids that are terms of this taxonomy. */
  List<Long> findIdByTaxonomyAndIdInAndMissingFalse(String taxonomy, List<Long> ids);

  /** The term with this slug. */
  Optional<Long> findIdByTaxonomyAndSlug(String taxonomy, String slug);

  /** The term with this name directly below another one; null for below none. */
  @Query(
      """
      SELECT te.id FROM term te
      WHERE te.taxonomy = :taxonomy AND te.name = :name AND te.parent_id <=> :parentId
        AND te.missing = FALSE
      ORDER BY te.id LIMIT 1
      """)
  Optional<Long> findIdByName(String taxonomy, String name, @Nullable Long parentId);

  /** The same but for this one, as it is now, and stays until the end of the transaction. */
  @Query(
      """
      SELECT te.id FROM term te
      WHERE te.taxonomy = :taxonomy AND te.name = :name AND te.parent_id <=> :parentId
        AND te.missing = FALSE AND te.id <> :id
      ORDER BY te.id LIMIT 1 FOR UPDATE
      """)
  Optional<Long> findOtherByName(String taxonomy, String name, @Nullable Long parentId, long id);

  /** The slugs that begin so. */
  @Query(
      """
      SELECT te.slug FROM term te
      WHERE te.taxonomy = :taxonomy AND LEFT(te.slug, CHAR_LENGTH(:start)) = :start
      """)
  List<String> findSlugs(String taxonomy, String start);

  /** All terms of a taxonomy; nobody else moves one until the end of the transaction. */
  @Query(
      """
      SELECT te.id, te.parent_id FROM term te
      WHERE te.taxonomy = :taxonomy AND te.missing = FALSE FOR UPDATE
      """)
  List<Place> lockAll(String taxonomy);

  /** A term; nobody else changes it until the end of the transaction. */
  @Query(
      """
      SELECT te.id FROM term te
      WHERE te.taxonomy = :taxonomy AND te.id = :id AND te.missing = FALSE FOR UPDATE
      """)
  Optional<Long> lock(String taxonomy, long id);

  /** Adds a term. */
  Term insert(Term term);

  /** Changes of a term what is not null. */
  @Query(
      """
      UPDATE term SET name = COALESCE(:name, name), slug = COALESCE(:slug, slug),
        description = COALESCE(:description, description)
      WHERE id = :id
      """)
  void change(long id, @Nullable String name, @Nullable String slug, @Nullable String description);

  /** Puts a term below another one; null for below none. */
  @Query("UPDATE term SET parent_id = :parentId WHERE id = :id")
  void move(long id, @Nullable Long parentId);

  /** What is directly below a term. */
  List<Long> findIdByParentId(long parentId);

  /** Puts what is below a term below another one; null for below none. None is below itself. */
  @Query(
      """
      UPDATE term SET parent_id = NULLIF(NULLIF(:parentId, :id), id) WHERE parent_id = :id
      """)
  void moveChildren(long id, @Nullable Long parentId);

  /** A department has no agents any more. */
  @Query("DELETE FROM department_agent WHERE department_id = :id")
  void removeAgents(long id);

  /**
   * Deletes a term. Its row stands for its id, which so many tickets may have that to take it from
   * each would take long, and look as if they had all been changed.
   */
  @Query(
      """
      UPDATE term SET missing = TRUE, parent_id = NULL, slug = CONCAT('missing ', id) WHERE id = :id
      """)
  void delete(long id);
}
