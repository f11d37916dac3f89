package io.kbsserver.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tests are judged by has to find something where there is something. */
class ChangeJudgeTest {

  @Test
  void aChangeThatNothingTellsOfIsFoundInEachSchemaAndOnce() throws SQLException {
    WordPressFixture first = WordPressFixture.empty("judged_first");
    WordPressFixture second = WordPressFixture.empty("judged_second");
    WordPressFixture.empty("judged_and_gone");
    TestDatabase.get().createSchema("judged_and_gone");
    assertEquals(List.of(), ChangeJudge.untold());
    for (WordPressFixture site : List.of(first, second)) {
      change(site, "");
      change(site, ChangeJudge.UNJUDGED);
    }
    assertEquals(
        Collections.nCopies(2, "no row tells of term: term 1, INSERT"), ChangeJudge.untold());
    assertEquals(List.of(), ChangeJudge.untold());
  }

  private static void change(WordPressFixture site, String first) throws SQLException {
    try (Connection connection = site.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      if (!first.isEmpty()) {
        statement.execute(first);
      }
      statement.execute(
          "INSERT INTO term (taxonomy, slug, name, description)"
              + " VALUES ('ticket_category', UUID(), 'A', '')");
    }
  }
}
