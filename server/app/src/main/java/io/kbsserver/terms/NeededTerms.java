package io.kbsserver.terms;

import static java.util.Objects.requireNonNull;

import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;

/** Terms that are made where the site does not have them yet. */
@Singleton
public class NeededTerms {

  private final TermRepository terms;
  private final ChangeLog changes;

  NeededTerms(TermRepository terms, ChangeLog changes) {
    this.terms = terms;
    this.changes = changes;
  }

  /** The source of what comes in by this API. */
  public long restSource() {
    return findOrInsert(Taxonomy.SOURCES, "kbs-rest", "REST API");
  }

  /** The source of what comes in by mail. */
  public long mailSource() {
    return findOrInsert(Taxonomy.SOURCES, "kbs-email", "Email");
  }

  /** The term with this slug. */
  @Transactional
  public long findOrInsert(Taxonomy taxonomy, String slug, String name) {
    return terms
        .findIdByTaxonomyAndSlug(taxonomy.wireName(), slug)
        .orElseGet(() -> insert(Term.made(taxonomy, slug, name, "", null)));
  }

  private long insert(Term term) {
    long id = requireNonNull(terms.insert(term).id());
    changes.creates(Subject.TERM, id);
    return id;
  }
}
