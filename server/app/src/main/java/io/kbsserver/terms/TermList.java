package io.kbsserver.terms;

import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.Page;
import io.kbsserver.list.SearchTerms;
import io.kbsserver.list.Slugs;
import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.StandIn;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The statements on terms that are built. */
@Singleton
class TermList {

  static final String COUNT =
      "(SELECT COALESCE(SUM(c.total), 0) FROM term_count c WHERE c.term_id = te.id)";

  private static final Listing<TermView> TERMS =
      new Listing<>(
          "term te",
          "te.id",
          """
          SELECT te.id, te.taxonomy, te.name, te.slug, te.description, te.parent_id, %s AS uses
          FROM :page JOIN term te ON te.id = page.id
          """
              .formatted(COUNT),
          TermList::row,
          Page.BehindTheEnd.NOTHING);

  private static final SqlCondition EXISTS = SqlCondition.of("te." + StandIn.LEFT_OUT);

  private static final String USED =
      "EXISTS (SELECT 1 FROM term_count c WHERE c.term_id = %s.id AND c.total > 0)";

  /** Those that something has, and all that they are below. */
  private static final String USED_BELOW =
      """
      te.id IN (
        WITH RECURSIVE used (id, parent_id) AS (
          SELECT u.id, u.parent_id FROM term u WHERE u.taxonomy = ? AND u.missing = FALSE AND %s
          UNION
          SELECT p.id, p.parent_id FROM term p JOIN used ON used.parent_id = p.id)
        SELECT id FROM used)\
      """
          .formatted(USED.formatted("u"));

  private static final String TICKET_OF_POST =
      """
      SELECT COALESCE(r.ticket_id, p.id) AS ticket_id
      FROM post p LEFT JOIN reply r ON r.id = p.id AND r.status = 'publish' AND ?
      WHERE p.id = ?
      """;

  private static final List<String> SEARCHED = List.of("te.name", "te.slug");

  private final ListReader reader;
  private final Jdbc jdbc;

  TermList(ListReader reader, Jdbc jdbc) {
    this.reader = reader;
    this.jdbc = jdbc;
  }

  /** A page of the terms that are wanted. */
  Page<TermView> page(Taxonomy taxonomy, WantedTerms filter, ListRequest request) {
    List<SqlCondition> wanted = new ArrayList<>();
    wanted.add(of(taxonomy));
    wanted.add(Slugs.among("te.slug", filter.slugs()));
    if (filter.parent() != null) {
      wanted.add(
          filter.parent() == 0
              ? SqlCondition.of("te.parent_id IS NULL")
              : SqlCondition.of("te.parent_id = ?", filter.parent()));
    }
    if (filter.post() != null) {
      wanted.add(
          SqlCondition.inAny(
              "te.id",
              List.of(
                  SqlCondition.of(
                      "SELECT x.term_id AS id FROM ticket_term x WHERE x.ticket_id = ?",
                      filter.post()),
                  SqlCondition.of(
                      "SELECT r.source_id AS id FROM reply r WHERE r.id = ?", filter.post()))));
    }
    if (filter.hideEmpty()) {
      wanted.add(
          taxonomy.isHierarchical()
              ? SqlCondition.of(USED_BELOW, taxonomy.wireName())
              : SqlCondition.of(USED.formatted("te")));
    }
    SqlCondition search = SearchTerms.contains(SEARCHED, filter.search());
    return reader.page(TERMS, SqlCondition.all(wanted), search, request);
  }

  /** The terms of a taxonomy with these ids, as far as there are any. */
  List<TermView> find(Taxonomy taxonomy, Collection<Long> ids) {
    return reader.byIds(TERMS, of(taxonomy), ids);
  }

  /**
   * The ticket of a reply, where replies count, or else the post itself; nothing where there is no
   * such thing at all.
   */
  Optional<Long> ticketOf(long post, boolean replies) {
    return jdbc.first(TICKET_OF_POST, List.of(replies, post), row -> row.getLong("ticket_id"));
  }

  private static SqlCondition of(Taxonomy taxonomy) {
    return SqlCondition.of("te.taxonomy = ?", taxonomy.wireName()).and(EXISTS);
  }

  private static TermView row(ResultSet row) throws SQLException {
    return new TermView(
        row.getLong("id"),
        Taxonomy.of(row.getString("taxonomy")),
        row.getString("name"),
        row.getString("slug"),
        row.getString("description"),
        row.getObject("parent_id", Long.class),
        row.getLong("uses"));
  }
}
