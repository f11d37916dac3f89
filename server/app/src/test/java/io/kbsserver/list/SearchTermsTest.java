package io.kbsserver.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.storage.SqlCondition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a search text means. */
class SearchTermsTest {

  /** The patterns that must be found, those that must not be with a minus before them. */
  private static String terms(String search) {
    SqlCondition condition = SearchTerms.in(List.of("r.text"), search);
    StringBuilder terms = new StringBuilder();
    String[] sql = condition.sql().split(" AND ");
    for (int i = 0; i < condition.args().size(); i++) {
      String pattern = condition.args().get(i).toString();
      terms.append(i == 0 ? "" : "|").append(sql[i].contains("NOT") ? "-" : "");
      terms.append(pattern, 1, pattern.length() - 1);
    }
    return terms.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          printer               ; printer
          printer broken        ; printer|broken
          printer,broken+again  ; printer|broken|again
          "printer is" broken   ; printer is|broken
          " printer "           ; ` printer `
          "printer              ; printer
          ' printer '           ; printer
          printer -broken       ; printer|-broken
          -printer              ; -printer
          -broken printer       ; printer|-broken
          print printer print   ; printer
          -printer -print       ; -print
          print -printer        ; print|-printer
          the printer is broken ; printer|broken
          The printer           ; printer
          a printer B           ; printer
          in on                 ; in on
          a                     ; a
          0                     ; 0
          100%                  ; 100!%
          a_b                   ; a!_b
          hey!                  ; hey!!
          c:\\temp               ; c:temp
          1 2 3 4 5 6 7 8 9     ; 1|2|3|4|5|6|7|8|9
          1 2 3 4 5 6 7 8 9 10  ; 1 2 3 4 5 6 7 8 9 10
          """)
  void wordsAndPhrasesAreLookedFor(String search, String patterns) {
    assertEquals(patterns, terms(search));
  }

  @Test
  void everyColumnIsSearched() {
    assertEquals(
        new SqlCondition(
            "(r.a LIKE ? ESCAPE '!') OR (r.b LIKE ? ESCAPE '!')", List.of("%x1%", "%x1%")),
        SearchTerms.in(List.of("r.a", "r.b"), "x1"));
  }

  @Test
  void nothingIsSearchedForWhereNothingIsLeft() {
    assertEquals(SqlCondition.ALWAYS, SearchTerms.in(List.of("r.a"), null));
    assertEquals(SqlCondition.ALWAYS, SearchTerms.in(List.of("r.a"), ""));
    assertEquals(SqlCondition.ALWAYS, SearchTerms.in(List.of("r.a"), "\\"));
    assertEquals(SqlCondition.ALWAYS, SearchTerms.contains(List.of("r.a"), null));
  }
}
