package io.kbsserver.wordpress.kinds;

import static java.util.Objects.requireNonNull;

import io.kbsserver.text.PlainText;
import io.kbsserver.wordpress.destination.BatchWriter;
import io.kbsserver.wordpress.destination.TargetRow;
import io.kbsserver.wordpress.destination.TargetTable;
import io.kbsserver.wordpress.destination.TermTree;
import io.kbsserver.wordpress.php.PhpValues;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.Meta;
import io.kbsserver.wordpress.source.RowReader;
import io.kbsserver.wordpress.source.SourceRows;
import io.kbsserver.wordpress.source.WordPressDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings over categories, tags, sources and departments, those of articles as well, and the agents
 * of the departments.
 */
public final class TermImport {

  static final TargetTable TABLE =
      new TargetTable(
          Kind.TERM,
          "term",
          null,
          false,
          List.of("taxonomy", "name", "slug", "description", "parent_id"),
          List.of(),
          List.of(new TargetTable.Child("department_agent", "department_id", List.of("user_id"))));

  private static final String AGENTS_KEY = "kbs_department_agents";
  private static final int BATCH = 500;
  private static final int TAXONOMY = TABLE.columns().indexOf("taxonomy");
  private static final int SLUG = TABLE.columns().indexOf("slug");
  private static final int PARENT = TABLE.columns().indexOf("parent_id");
  private static final int MAX_SLUG = 200;

  private record Term(
      long id,
      long taxonomyId,
      String taxonomy,
      String name,
      String slug,
      String description,
      long parent) {}

  private final ImportRun run;
  // Term by the id under which tickets name it.
  private final Map<Long, TermLinks.Link> links = new HashMap<>();
  // The taxonomies of the terms that were dealt with, by their ids.
  private final Map<Long, String> written = new HashMap<>();
  // The ids here of all of them.
  private Map<Long, Long> here = Map.of();

  public TermImport(ImportRun run) {
    this.run = run;
  }

  /**
   * Brings them over.
   *
   * @return how tickets and replies find them
   */
  public TermLinks run() throws SQLException {
    List<Term> found = read();
    run.log().start(Kind.TERM, found.size());
    run.log().read(Kind.TERM, found.size());
    List<Term> terms = parentsFirst(unique(found));
    List<Long> ids = terms.stream().map(Term::id).toList();
    here = run.ids().of(Kind.TERM, ids);
    for (int from = 0; from < terms.size(); from += BATCH) {
      write(terms.subList(from, Math.min(terms.size(), from + BATCH)));
      run.log().advanced(Kind.TERM);
    }
    // What was left out, as the report says, is no term of a ticket, and costs no reply.
    Set<Long> present = run.ids().present(Kind.TERM, ids).keySet();
    links.values().removeIf(link -> !present.contains(link.termId()));
    links.replaceAll(
        (taxonomyId, link) ->
            new TermLinks.Link(requireNonNull(here.get(link.termId())), link.taxonomy()));
    return new TermLinks(run.source(), links);
  }

  private List<Term> read() {
    String described = run.source().tables().column("term_taxonomy", "description");
    return run.source()
        .query(
            "SELECT t.term_id, x.term_taxonomy_id, x.taxonomy, t.name, t.slug, "
                + (described.startsWith("'") ? described : "x." + described)
                + ", x.parent FROM "
                + run.source().table("term_taxonomy")
                + " x JOIN "
                + run.source().table("terms")
                + " t ON t.term_id = x.term_id WHERE x.taxonomy IN ("
                + WordPressDatabase.placeholders(SourceRows.TAXONOMIES.size())
                + ") ORDER BY x.term_taxonomy_id",
            List.copyOf(SourceRows.TAXONOMIES.keySet()),
            row ->
                new Term(
                    row.getLong(1),
                    row.getLong(2),
                    row.text(3),
                    row.text(4),
                    row.text(5),
                    row.text(6),
                    row.getLong(7)));
  }

  /** Very old sites share one term between taxonomies; its id can only be one thing here. */
  private Map<Long, Term> unique(List<Term> found) {
    Map<Long, Term> terms = new LinkedHashMap<>();
    for (Term term : found) {
      Term other = terms.putIfAbsent(term.id(), term);
      if (other == null) {
        links.put(
            term.taxonomyId(),
            new TermLinks.Link(
                term.id(), requireNonNull(SourceRows.TAXONOMIES.get(term.taxonomy()))));
      } else {
        run.log()
            .skipped(
                Kind.TERM,
                term.id(),
                "it is a "
                    + other.taxonomy()
                    + " and a "
                    + term.taxonomy()
                    + "; left out as the latter");
      }
    }
    return terms;
  }

  /** A parent must be there before its children. */
  private static List<Term> parentsFirst(Map<Long, Term> terms) {
    Set<Long> placed = new HashSet<>();
    List<Term> ordered = new ArrayList<>(terms.size());
    for (Term term : terms.values()) {
      List<Term> line = new ArrayList<>();
      Set<Long> walked = new HashSet<>();
      Term next = term;
      while (next != null && !placed.contains(next.id()) && walked.add(next.id())) {
        line.add(0, next);
        next = terms.get(next.parent());
      }
      for (Term one : line) {
        placed.add(one.id());
        ordered.add(one);
      }
    }
    return ordered;
  }

  private void write(List<Term> terms) throws SQLException {
    List<Long> ids = terms.stream().map(Term::id).toList();
    Map<Long, Meta> meta =
        run.source().meta("termmeta", "term_id", "meta_id", ids, List.of(AGENTS_KEY));
    List<TargetRow> rows = new ArrayList<>();
    for (Term term : terms) {
      RowReader reader = new RowReader(Kind.TERM, term.id(), run.log());
      List<String> values = new ArrayList<>();
      values.add(requireNonNull(SourceRows.TAXONOMIES.get(term.taxonomy())));
      values.add(reader.text("its name", term.name(), 200));
      values.add(reader.text("its slug", term.slug(), MAX_SLUG));
      values.add(reader.longText("its description", term.description()));
      values.add(parent(term, reader));
      written.put(term.id(), term.taxonomy());
      rows.add(
          new TargetRow(
              term.id(),
              values,
              List.of(agents(term, meta.getOrDefault(term.id(), Meta.NONE), reader))));
    }
    run.writer().write(TABLE, rows, this::acceptable);
  }

  /** Languages may share a slug in WordPress, and terms may have been moved here meanwhile. */
  private Optional<BatchWriter.Repaired> acceptable(TargetRow row) throws SQLException {
    List<String> values = new ArrayList<>(row.values());
    List<String> repairs = new ArrayList<>();
    String parent = values.get(PARENT);
    if (parent != null && !new TermTree(run.target()).takes(Long.parseLong(parent), row.id())) {
      values.set(PARENT, null);
      repairs.add("its parent, term " + parent + ", is not there or is below it; it has none now");
    }
    String slug = freeSlug(row.id(), values.get(TAXONOMY), values.get(SLUG));
    if (!slug.equals(values.get(SLUG))) {
      values.set(SLUG, slug);
      repairs.add("its slug is taken by another term; it is " + slug + " now");
    }
    return repairs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new BatchWriter.Repaired(row.with(values, row.children()), String.join("; ", repairs)));
  }

  private String freeSlug(long id, String taxonomy, String slug) throws SQLException {
    String free = slug;
    for (int number = 2; isTaken(id, taxonomy, free); number++) {
      String suffix = "-" + number;
      free = PlainText.start(slug, MAX_SLUG - suffix.length()) + suffix;
    }
    return free;
  }

  private boolean isTaken(long id, String taxonomy, String slug) throws SQLException {
    return run.target()
            .number(
                "SELECT COUNT(*) FROM term WHERE taxonomy = ? AND slug = ? AND id <> ?",
                taxonomy,
                slug,
                id)
        > 0;
  }

  private @Nullable String parent(Term term, RowReader reader) {
    if (term.parent() == 0) {
      return null;
    }
    // Not there, of another taxonomy, or, in a circle, not there yet.
    if (!term.taxonomy().equals(written.get(term.parent()))) {
      reader.problem("its parent, term " + term.parent() + ", cannot be; it has none now");
      return null;
    }
    return Long.toString(requireNonNull(here.get(term.parent())));
  }

  private List<List<String>> agents(Term term, Meta meta, RowReader reader) throws SQLException {
    List<List<String>> agents = new ArrayList<>();
    if (!term.taxonomy().equals("department")) {
      return agents;
    }
    Object stored = reader.serialized("the list of its agents", meta.first(AGENTS_KEY));
    List<Object> elements = new ArrayList<>(PhpValues.elements(stored));
    Map<Long, Long> users =
        run.ids()
            .present(
                Kind.USER,
                elements.stream().map(element -> PhpValues.id(element).orElse(0)).toList());
    Set<Long> ids = new HashSet<>();
    for (Object element : elements) {
      Long id = users.get(PhpValues.id(element).orElse(0));
      if (id == null) {
        // WordPress leaves it behind when it deletes a user.
        reader.information(
            "one of its agents, " + PhpValues.text(element) + ", is no user; left out");
      } else if (ids.add(id)) {
        agents.add(List.of(Long.toString(id)));
      }
    }
    return agents;
  }
}
