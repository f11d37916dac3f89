package io.kbsserver.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.storage.SqlCondition;
import io.kbsserver.terms.Taxonomy;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the filters of a list of tickets mean. */
class TicketConditionsTest {

  private static final List<String> OPEN = List.of("open");
  private static final String IN_TERMS =
      "EXISTS (SELECT 1 FROM ticket_term x JOIN term te ON te.id = x.term_id"
          + " WHERE x.ticket_id = t.id AND (te.missing = FALSE AND te.taxonomy = ?) AND (te.id IN (?)))";

  private static TicketFilter terms(
      Map<Taxonomy, List<Long>> terms, Map<Taxonomy, List<Long>> excluded, boolean any) {
    return new TicketFilter(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new EnumMap<>(terms),
        new EnumMap<>(excluded),
        any);
  }

  @Test
  void nothingButTheStatusIsAlwaysAskedFor() {
    SqlCondition condition =
        TicketConditions.of(
                new TicketFilter(
                    null, null, null, null, null, null, null, null, null, null, Map.of(), Map.of(),
                    false),
                List.of("new", "open"))
            .on("t");
    assertEquals(new SqlCondition("t.status IN (?, ?)", List.of("new", "open")), condition);
  }

  @Test
  void everyFilterCounts() {
    LocalDateTime after = LocalDateTime.of(2026, 1, 2, 3, 4, 5);
    LocalDateTime before = after.plusDays(1);
    LocalDateTime modifiedAfter = after.plusHours(1);
    LocalDateTime modifiedBefore = before.plusHours(1);
    TicketFilter filter =
        new TicketFilter(
            OPEN,
            1L,
            2L,
            3L,
            4L,
            "printer",
            after,
            before,
            modifiedAfter,
            modifiedBefore,
            Map.of(),
            Map.of(),
            false);
    assertEquals(
        new SqlCondition(
            "(t.status IN (?)) AND (t.user_id = ?) AND (t.customer_id = ?) AND (t.company_id = ?)"
                + " AND (t.agent_id = ?) AND (t.date_local > ?) AND (t.date_local < ?)"
                + " AND (t.modified_local > ?) AND (t.modified_local < ?)",
            List.of("open", 1L, 2L, 3L, 4L, after, before, modifiedAfter, modifiedBefore)),
        TicketConditions.of(filter, OPEN).on("t"));
  }

  @Test
  void termsOfSeveralTaxonomiesMustAllBeThereOrOneOfThem() {
    Map<Taxonomy, List<Long>> wanted = Map.of(Taxonomy.CATEGORIES, List.of(1L));
    Map<Taxonomy, List<Long>> excluded = Map.of(Taxonomy.TAGS, List.of(2L));
    assertEquals(
        new SqlCondition(
            "(t.status IN (?)) AND ((" + IN_TERMS + ") AND (NOT (" + IN_TERMS + ")))",
            List.of("open", "ticket_categories", 1L, "ticket_tag", 2L)),
        TicketConditions.of(terms(wanted, excluded, false), OPEN).on("t"));
    assertEquals(
        "(t.status IN (?)) AND ((" + IN_TERMS + ") OR (NOT (" + IN_TERMS + ")))",
        TicketConditions.of(terms(wanted, excluded, true), OPEN).on("t").sql());
  }

  /** What EXISTS finds is worked out for all rows by MariaDB; these are asked one by one. */
  @Test
  void ticketsThatAreNamedAreAskedForTheirTerms() {
    Map<Taxonomy, List<Long>> wanted = Map.of(Taxonomy.CATEGORIES, List.of(1L));
    Map<Taxonomy, List<Long>> excluded = Map.of(Taxonomy.TAGS, List.of(2L));
    SqlCondition named = TicketConditions.of(terms(wanted, excluded, false), OPEN).onNamed("t");
    String each =
        IN_TERMS.replaceFirst("^EXISTS ", "").replaceFirst("\\)$", " LIMIT 1) IS NOT NULL");
    assertEquals("(t.status IN (?)) AND ((" + each + ") AND (NOT (" + each + ")))", named.sql());
    assertEquals(List.of("open", "ticket_categories", 1L, "ticket_tag", 2L), named.args());
  }

  @Test
  void anEmptyListOfTermsAsksForNothing() {
    Map<Taxonomy, List<Long>> none = Map.of(Taxonomy.CATEGORIES, List.of());
    for (boolean any : List.of(true, false)) {
      assertEquals(
          "t.status IN (?)", TicketConditions.of(terms(none, none, any), OPEN).on("t").sql());
    }
  }
}
