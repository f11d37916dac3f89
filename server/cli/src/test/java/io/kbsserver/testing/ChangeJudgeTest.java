package io.kbsserver.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.ResultSet;
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
    assumeTrue(isJudged(first), "MySQL with a binary log lets only administrators make triggers");
    WordPressFixture second = WordPressFixture.empty("judged_second");
    WordPressFixture.empty("judged_and_gone");
    TestDatabase.get().createSchema("judged_and_gone");
    // What other classes have left is theirs to answer for.
    ChangeJudge.untold();
    for (WordPressFixture site : List.of(first, second)) {
      change(site, "");
      change(site, ChangeJudge.UNJUDGED);
    }
    assertEquals(
        Collections.nCopies(2, "no row tells of term: term 1, INSERT"), ChangeJudge.untold());
    assertEquals(List.of(), ChangeJudge.untold());
  }

  /** Whether the last of the triggers is there; their table is there without them, too. */
  private static boolean isJudged(WordPressFixture site) throws SQLException {
    try (Connection connection = site.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT 1 FROM information_schema.triggers"
                    + " WHERE trigger_schema = DATABASE() AND trigger_name = 'judge_log'")) {
      return row.next();
    }
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
