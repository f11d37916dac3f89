package io.kbsserver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Conditions, put together. */
class SqlConditionTest {

  private static final SqlCondition A = SqlCondition.of("a = ?", 1);
  private static final SqlCondition B = SqlCondition.of("b = ? OR b = ?", 2, 3);

  @Test
  void theValuesStayInTheOrderOfTheirPlaceholders() {
    assertEquals(new SqlCondition("(a = ?) AND (b = ? OR b = ?)", List.of(1, 2, 3)), A.and(B));
    assertEquals(
        new SqlCondition("(b = ? OR b = ?) OR (a = ?)", List.of(2, 3, 1)),
        SqlCondition.any(List.of(B, A)));
    assertEquals(new SqlCondition("NOT (b = ? OR b = ?)", List.of(2, 3)), B.not());
  }

  @Test
  void oneConditionNeedsNoParentheses() {
    assertEquals(B, SqlCondition.all(List.of(B)));
    assertEquals(B, SqlCondition.any(List.of(B)));
  }

  @Test
  void allOfNoneHoldAndAnyOfNoneDoesNot() {
    assertEquals(SqlCondition.ALWAYS, SqlCondition.all(List.of()));
    assertEquals(SqlCondition.NEVER, SqlCondition.any(List.of()));
    assertEquals(SqlCondition.NEVER, SqlCondition.in("a", List.of()));
  }

  @Test
  void whatIsNotGivenHoldsForEveryRow() {
    assertEquals(A, SqlCondition.ifGiven("a = ?", 1));
    assertEquals(SqlCondition.ALWAYS, SqlCondition.ifGiven("a = ?", null));
  }

  @Test
  void whatHoldsForEveryRowIsLeftOutOfAllButNotOfAny() {
    assertEquals(A, SqlCondition.ALWAYS.and(A));
    assertEquals(A, A.and(SqlCondition.ALWAYS));
    assertEquals(
        new SqlCondition("(a = ?) OR (1 = 1)", List.of(1)),
        SqlCondition.any(List.of(A, SqlCondition.ALWAYS)));
    assertEquals(new SqlCondition("(a = ?) AND (1 = 0)", List.of(1)), A.and(SqlCondition.NEVER));
  }

  @Test
  void aColumnIsAmongWhatStatementsFind() {
    assertEquals(
        new SqlCondition(
            "r.id IN (SELECT found.id FROM (SELECT id FROM a WHERE x = ? UNION SELECT id FROM b)"
                + " found)",
            List.of(7)),
        SqlCondition.inAny(
            "r.id",
            List.of(
                SqlCondition.of("SELECT id FROM a WHERE x = ?", 7),
                SqlCondition.of("SELECT id FROM b"))));
  }
}
