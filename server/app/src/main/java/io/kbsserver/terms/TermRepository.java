package io.kbsserver.terms;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** Categories, tags, sources and departments. */
@JdbcRepository(dialect = Dialect.MYSQL)
public interface TermRepository extends GenericRepository<Term, Long> {

  /** Those of the ids that are terms of this taxonomy. */
  default List<Long> existing(Taxonomy taxonomy, List<Long> ids) {
    return ids.isEmpty() ? List.of() : findIdByTaxonomyAndIdIn(taxonomy.wireName(), ids);
  }

  /** The term with this slug; it is made where the site does not have it yet. */
  default long findOrInsert(Taxonomy taxonomy, String slug, String name) {
    return findIdByTaxonomyAndSlug(taxonomy.wireName(), slug)
        .orElseGet(() -> insert(new Term(null, taxonomy.wireName(), slug, name, "")).id());
  }

  /** Those of the ids that are terms of this taxonomy. */
  List<Long> findIdByTaxonomyAndIdIn(String taxonomy, List<Long> ids);

  /** The term with this slug. */
  Optional<Long> findIdByTaxonomyAndSlug(String taxonomy, String slug);

  /** Adds a term. */
  Term insert(Term term);
}
