package io.kbsserver.wordpress.destination;

import static java.util.Objects.requireNonNull;

import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.Meta;
import io.kbsserver.wordpress.source.SourceRows;
import io.kbsserver.wordpress.source.WordPressDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What was made here and did not come from WordPress. */
final class OwnRows {

  private static final String NOT_IMPORTED =
      " LEFT JOIN imported i ON i.kind = ? AND i.id = o.id WHERE i.id IS NULL AND ";

  private final TargetDatabase target;
  private final WordPressDatabase source;
  private final SourceRows rows;
  private final Map<Kind, TargetTable> tables;

  OwnRows(TargetDatabase target, WordPressDatabase source, Map<Kind, TargetTable> tables) {
    this.target = target;
    this.source = source;
    this.rows = new SourceRows(source);
    this.tables = tables;
  }

  /** Those of these ids that belong to something else here than to what has them in WordPress. */
  Set<Long> among(Kind kind, List<Long> ids) throws SQLException {
    if (kind != Kind.COMPANY) {
      return among(kind, ids, kind.isPost());
    }
    // A company shares its id with all other posts; one that does not exist takes none.
    List<Long> real = List.copyOf(rows.of(kind, ids).keySet());
    Set<Long> found = new HashSet<>(among(kind, real, true));
    found.addAll(among(kind, ids.stream().filter(id -> !real.contains(id)).toList(), false));
    return found;
  }

  private Set<Long> among(Kind kind, List<Long> ids, boolean posts) throws SQLException {
    if (ids.isEmpty()) {
      return Set.of();
    }
    String in = "o.id IN (" + WordPressDatabase.placeholders(ids.size()) + ")";
    List<Object> args = new ArrayList<>();
    args.add(kind.singular());
    args.addAll(ids);
    return new HashSet<>(
        target.query(
            "SELECT o.id FROM "
                + (posts ? "post" : requireNonNull(tables.get(kind)).name())
                + " o"
                + NOT_IMPORTED
                + (!posts && requireNonNull(tables.get(kind)).standIns()
                    ? "o.missing = FALSE AND "
                    : "")
                + in,
            args,
            row -> row.getLong(1)));
  }

  /**
   * What was made here and is the same as something in WordPress, by the id there.
   *
   * @param taken the ids here that are something else's in WordPress already
   */
  Map<Long, Long> same(Kind kind, List<Long> sourceIds, Set<Long> taken) throws SQLException {
    if (sourceIds.isEmpty()) {
      return Map.of();
    }
    Map<Long, Set<String>> there = namesThere(kind, sourceIds);
    Set<String> names = new LinkedHashSet<>();
    there.values().forEach(names::addAll);
    if (names.isEmpty()) {
      return Map.of();
    }
    Map<String, Set<Long>> here = namesHere(kind, names);
    Map<Long, Long> same = new HashMap<>();
    Set<Long> used = new HashSet<>(taken);
    there.forEach(
        (sourceId, own) -> {
          Set<Long> candidates = new LinkedHashSet<>();
          own.forEach(name -> candidates.addAll(here.getOrDefault(key(name), Set.of())));
          // Of two, neither: it must be clear who is meant.
          if (candidates.size() == 1 && used.addAll(candidates)) {
            same.put(sourceId, candidates.iterator().next());
          }
        });
    return same;
  }

  /** What identifies something, written so that it is equal on both sides. */
  private Map<Long, Set<String>> namesThere(Kind kind, List<Long> ids) {
    Map<Long, Set<String>> names = new HashMap<>();
    switch (kind) {
      case USER ->
          rows.of(kind, ids)
              .forEach((id, user) -> names.put(id, filled(user.first(), user.second())));
      case CUSTOMER -> {
        Map<Long, Meta> meta =
            source.meta(
                "kbs_customermeta", "kbs_customer_id", "meta_id", ids, List.of("additional_email"));
        rows.of(kind, ids)
            .forEach(
                (id, customer) -> {
                  Set<String> emails = filled(customer.first());
                  meta.getOrDefault(id, Meta.NONE)
                      .all("additional_email")
                      .forEach(email -> emails.addAll(filled(email)));
                  names.put(id, emails);
                });
      }
      case COMPANY ->
          rows.of(kind, ids).forEach((id, company) -> names.put(id, filled(company.second())));
      case TERM ->
          rows.of(kind, ids)
              .forEach(
                  (id, term) -> {
                    String[] parts = term.slug().split(" ", 2);
                    names.put(id, filled(SourceRows.TAXONOMIES.get(parts[0]) + " " + parts[1]));
                  });
      default -> {
        // A ticket, reply or file that was made here is another one.
      }
    }
    return names;
  }

  private Map<String, Set<Long>> namesHere(Kind kind, Set<String> names) throws SQLException {
    String in = " IN (" + WordPressDatabase.placeholders(names.size()) + ")";
    List<Object> args = new ArrayList<>();
    String select =
        switch (kind) {
          case USER -> {
            args.addAll(names);
            args.addAll(names);
            yield "SELECT o.id, n.name FROM (SELECT id, login AS name FROM app_user WHERE login"
                + in
                + " UNION SELECT id, email FROM app_user WHERE email"
                + in
                + ") n JOIN app_user o ON o.id = n.id"
                + NOT_IMPORTED
                + "o.missing = FALSE";
          }
          case CUSTOMER -> {
            args.addAll(names);
            args.addAll(names);
            yield "SELECT o.id, n.name FROM (SELECT id, email AS name FROM customer WHERE email"
                + in
                + " UNION SELECT customer_id, email FROM customer_email WHERE email"
                + in
                + ") n JOIN customer o ON o.id = n.id"
                + NOT_IMPORTED
                + "o.missing = FALSE";
          }
          case COMPANY -> {
            yield "SELECT o.id, o.name FROM company o"
                + NOT_IMPORTED
                + "o.missing = FALSE AND o.name"
                + in;
          }
          default ->
              "SELECT o.id, CONCAT(o.taxonomy, ' ', o.slug) FROM term o"
                  + NOT_IMPORTED
                  + "CONCAT(o.taxonomy, ' ', o.slug)"
                  + in;
        };
    args.add(kind.singular());
    if (kind == Kind.COMPANY || kind == Kind.TERM) {
      args.addAll(names);
    }
    Map<String, Set<Long>> here = new HashMap<>();
    target.query(
        select,
        args,
        row ->
            here.computeIfAbsent(key(row.getString(2)), name -> new LinkedHashSet<>())
                .add(row.getLong(1)));
    return here;
  }

  private static Set<String> filled(String... names) {
    Set<String> filled = new LinkedHashSet<>();
    for (String name : names) {
      if (!name.isBlank()) {
        filled.add(name.strip());
      }
    }
    return filled;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
