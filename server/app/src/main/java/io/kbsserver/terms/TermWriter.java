package io.kbsserver.terms;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.toSet;

import io.kbsserver.access.Caller;
import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.refusal.Unsupported;
import io.kbsserver.storage.RetriedOnConflict;
import io.kbsserver.terms.TermRepository.Place;
import io.kbsserver.text.Slug;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rules of writing terms: who may, which names and slugs go together, what becomes of them. */
@Singleton
class TermWriter {

  /** For a number that tells a slug from others. */
  private static final int ROOM = 10;

  /** Which no term has for good: only one at a time is made with it. */
  private static final String NO_SLUG_YET = "no slug yet";

  private final TermRepository terms;
  private final TermList list;
  private final ChangeLog changes;

  TermWriter(TermRepository terms, TermList list, ChangeLog changes) {
    this.terms = terms;
    this.list = list;
    this.changes = changes;
  }

  /** Makes a term; what is flat is made by those who give it to tickets as well. */
  @RetriedOnConflict
  @Transactional
  public WrittenTerm create(
      Taxonomy taxonomy, TermChange wanted, Caller caller, UnknownValues unknown) {
    if (!(taxonomy.isHierarchical() ? caller.isManager() : caller.mayEditTickets())) {
      throw NotAllowed.toCreateTerm();
    }
    unknown.refuseIfStrict();
    if (wanted.name() == null) {
      throw InvalidParameters.of(
          "rest_missing_callback_param", "name", "Missing parameter(s): name");
    }
    TermText text = TermText.of(wanted.name(), wanted.description());
    String name = requireNonNull(text.name());
    Long parent = wanted.parent() == null ? null : parent(taxonomy, wanted.parent(), null);
    String base = slug(requireNonNullElse(wanted.slug(), name));
    String slug = base.isEmpty() ? NO_SLUG_YET : unique(taxonomy, base, parent);
    // After the slug is known: who makes the same meanwhile takes that.
    Optional<Long> twin = terms.findIdByName(taxonomy.wireName(), name, parent);
    if (wanted.slug() == null || !slug.equals(base)) {
      refuseTwin(taxonomy, twin);
    }
    String description = requireNonNullElse(text.description(), "");
    long id =
        requireNonNull(terms.insert(Term.made(taxonomy, slug, name, description, parent)).id());
    changes.creates(Subject.TERM, id);
    if (base.isEmpty()) {
      // Nothing of the name can stand in an address. Who makes another such term has waited.
      refuseTwin(taxonomy, terms.findOtherByName(taxonomy.wireName(), name, parent, id));
      terms.change(id, null, unique(taxonomy, String.valueOf(id), null), null);
    }
    return new WrittenTerm(view(taxonomy, id), text.changed());
  }

  private static void refuseTwin(Taxonomy taxonomy, Optional<Long> twin) {
    if (twin.isPresent()) {
      throw InvalidParameters.termExists(
          twin.get(),
          taxonomy.isHierarchical()
              ? "A term with the name provided already exists with this parent."
              : "A term with the name provided already exists in this taxonomy.");
    }
  }

  /** Changes a term. */
  @RetriedOnConflict
  @Transactional
  public WrittenTerm update(
      Taxonomy taxonomy, long id, TermChange wanted, Caller caller, UnknownValues unknown) {
    if (!caller.isManager()) {
      view(taxonomy, id);
      throw NotAllowed.toChangeTerm();
    }
    unknown.refuseIfStrict();
    TermView before = locked(taxonomy, id, wanted.parent() != null);
    TermText text = TermText.of(wanted.name(), wanted.description());
    changes.changes(Subject.TERM, id);
    if (wanted.parent() != null) {
      terms.move(id, parent(taxonomy, wanted.parent(), id));
    }
    String slug = null;
    if (wanted.slug() != null && !wanted.slug().equals(before.slug())) {
      slug = slug(wanted.slug());
      refuseOthers(taxonomy, slug, id);
    }
    terms.change(id, text.name(), slug, text.description());
    return new WrittenTerm(view(taxonomy, id), text.changed());
  }

  /** Deletes a term, and tells what it was. */
  @RetriedOnConflict
  @Transactional
  public TermView delete(Taxonomy taxonomy, long id, boolean force, Caller caller) {
    if (!caller.isManager() || !force) {
      view(taxonomy, id);
      throw caller.isManager() ? Unsupported.trashOfTerms() : NotAllowed.toDeleteTerm();
    }
    TermView before = locked(taxonomy, id, true);
    changes.changes(Subject.TERM, id);
    changes.changes(Subject.TERM, terms.findIdByParentId(id).toArray());
    terms.moveChildren(id, before.parentId());
    terms.removeAgents(id);
    terms.delete(id);
    return before;
  }

  /**
   * A term that nobody else changes until the end of the transaction.
   *
   * @param tree whether categories that it is above or below stay where they are as well
   */
  private TermView locked(Taxonomy taxonomy, long id, boolean tree) {
    if (tree && taxonomy.isHierarchical()) {
      terms.lockAll(taxonomy.wireName());
    } else {
      terms.lock(taxonomy.wireName(), id);
    }
    return view(taxonomy, id);
  }

  private TermView view(Taxonomy taxonomy, long id) {
    return list.find(taxonomy, List.of(id)).stream().findFirst().orElseThrow(NotFound::term);
  }

  /**
   * The category that a term is to be below; null for none. No category is below itself; should two
   * that an import brought be below each other, they can be parted.
   */
  private @Nullable Long parent(Taxonomy taxonomy, long id, @Nullable Long child) {
    if (id == 0) {
      return null;
    }
    if (!taxonomy.isHierarchical()) {
      throw InvalidParameters.of(
          "rest_taxonomy_not_hierarchical",
          "parent",
          "Cannot set parent term, taxonomy is not hierarchical.");
    }
    Map<Long, @Nullable Long> above = new HashMap<>();
    for (Place place : terms.lockAll(taxonomy.wireName())) {
      above.put(place.id(), place.parentId());
    }
    if (!above.containsKey(id)) {
      throw InvalidParameters.of("rest_term_invalid", "parent", "Parent term does not exist.");
    }
    Set<Long> passed = new HashSet<>();
    for (Long next = id; next != null && passed.add(next); next = above.get(next)) {
      if (next.equals(child)) {
        throw InvalidParameters.of(
            "rest_invalid_param", "parent", "parent is the term itself, or below it.");
      }
    }
    return id;
  }

  private void refuseOthers(Taxonomy taxonomy, String slug, long id) {
    if (slug.isEmpty()) {
      throw InvalidParameters.of(
          "rest_invalid_param", "slug", "slug has no letter and no digit in it.");
    }
    terms
        .findIdByTaxonomyAndSlug(taxonomy.wireName(), slug)
        .filter(other -> other != id)
        .ifPresent(
            other -> {
              throw InvalidParameters.of(
                  "duplicate_term_slug", "slug", "The slug is already in use by another term.");
            });
  }

  /** As in WordPress, the slug of the category above tells it from others before a number does. */
  private String unique(Taxonomy taxonomy, String base, @Nullable Long parent) {
    if (isFree(taxonomy, base)) {
      return base;
    }
    Set<String> taken =
        terms.findSlugs(taxonomy.wireName(), base).stream()
            .map(slug -> slug.toLowerCase(Locale.ROOT))
            .collect(toSet());
    String start = parent == null ? base : slug(base + "-" + view(taxonomy, parent).slug());
    return IntStream.iterate(1, number -> number + 1)
        .mapToObj(number -> number == 1 ? start : start + "-" + number)
        .filter(slug -> !taken.contains(slug))
        .filter(slug -> isFree(taxonomy, slug))
        .findFirst()
        .orElseThrow();
  }

  /** As the database compares slugs, for which an accent makes no difference. */
  private boolean isFree(Taxonomy taxonomy, String slug) {
    return terms.findIdByTaxonomyAndSlug(taxonomy.wireName(), slug).isEmpty();
  }

  /** With room for a number behind it. */
  private static String slug(String name) {
    return Slug.of(name, Slug.LONGEST - ROOM);
  }
}
