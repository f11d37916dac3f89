package io.kbsserver.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.storage.SqlCondition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which rows a list holds by id, and in which order. */
class ListRequestTest {

  private enum Column implements Sort.Key.Column {
    ID("r.id"),
    NAME("r.name");

    private final String sql;

    Column(String sql) {
      this.sql = sql;
    }

    @Override
    public String sql() {
      return sql;
    }
  }

  private static final Window FIRST = new Window(1, 10, null);
  private static final Selection ALL = new Selection(List.of(), List.of());

  @Test
  void whatIsIncludedBeatsWhatIsExcluded() {
    assertEquals(SqlCondition.ALWAYS, ALL.on("r.id"));
    assertEquals(
        new SqlCondition("r.id IN (?, ?)", List.of(1L, 2L)),
        new Selection(List.of(1L, 2L), List.of(2L)).on("r.id"));
    assertEquals(
        new SqlCondition("NOT (r.id IN (?))", List.of(2L)),
        new Selection(List.of(), List.of(2L)).on("r.id"));
  }

  @Test
  void theSignOfAnIdMakesNoDifference() {
    Selection selection = new Selection(List.of(3L, -1L, 0L), List.of());
    assertEquals(List.of(3L, 1L, 0L), selection.include());
    assertEquals(List.of(7L), new Selection(List.of(), List.of(-7L)).exclude());
  }

  @Test
  void rowsThatAreEqualFollowEachOtherByIdInTheSameDirection() {
    assertEquals("r.name DESC, r.id DESC", new Sort(Column.NAME, true).by("r.id", ALL).sql());
    assertEquals("r.name ASC, r.id ASC", new Sort(Column.NAME, false).by("r.id", ALL).sql());
    assertEquals("r.id ASC", new Sort(Column.ID, false).by("r.id", ALL).sql());
  }

  @Test
  void theOrderOfTheRequestHasNoDirection() {
    Selection selection = new Selection(List.of(3L, -1L), List.of());
    for (boolean descending : List.of(true, false)) {
      assertEquals(
          new SqlCondition("FIELD(r.id, ?, ?)", List.of(3L, 1L)),
          new Sort(new Sort.Key.Include(), descending).by("r.id", selection));
    }
  }

  @Test
  void theOrderOfTheRequestNeedsIdsInTheRequest() {
    Sort sort = new Sort(new Sort.Key.Include(), true);
    InvalidParameters refused =
        assertThrows(InvalidParameters.class, () -> new ListRequest(FIRST, ALL, sort));
    assertEquals("rest_orderby_include_missing_include", refused.code());
    assertEquals(List.of("include"), List.copyOf(refused.faults().keySet()));
    new ListRequest(FIRST, new Selection(List.of(1L), List.of()), sort);
    new ListRequest(FIRST, ALL, new Sort(Column.ID, true));
  }

  @Test
  void onlyThoseWithOneOfTheIdsAreWanted() {
    assertEquals(SqlCondition.ALWAYS, Selection.among("r.owner", null));
    assertEquals(SqlCondition.ALWAYS, Selection.among("r.owner", List.of()));
    assertEquals(
        new SqlCondition("r.owner IN (?, ?)", List.of(1L, 2L)),
        Selection.among("r.owner", List.of(1L, -2L)));
  }
}
