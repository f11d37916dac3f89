package io.kbsserver.access;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.site.SiteSettings;
import io.kbsserver.storage.SqlCondition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of the log of changes, as the conditions say it. */
class ChangeVisibilityTest {

  private static final Site SITE =
      SiteSettings.in(
          Map.of(
              Setting.ENABLE_PARTICIPANTS.name(), Setting.ENABLE_PARTICIPANTS.kept(true),
              Setting.ENABLE_DEPARTMENTS.name(), Setting.ENABLE_DEPARTMENTS.kept(true),
              Setting.RESTRICT_AGENT_VIEW.name(), Setting.RESTRICT_AGENT_VIEW.kept(true),
              Setting.MULTIPLE_AGENTS.name(), Setting.MULTIPLE_AGENTS.kept(true)));

  /**
   * MySQL 8.0.33 crashes at times where it has to tell for a row whether a null is in what a
   * statement finds. Of a condition that rows are found by it has not to; of one that stands beside
   * them, as these do, it has, but for what is in {@code EXISTS}.
   */
  @ParameterizedTest
  @ValueSource(strings = {"support_customer", "support_agent", "support_manager", "administrator"})
  void noNullIsLookedForInWhatAStatementFinds(String role) {
    Caller caller =
        new Caller(7, "login", "login@example.com", Set.of(role), List.of(1L), List.of(3L));
    Stream.of(
            ChangeVisibility.seen(caller, SITE),
            ChangeVisibility.wasSeen(caller, SITE),
            ChangeVisibility.wasHidden(caller, SITE),
            ChangeVisibility.turnedSight(caller, SITE))
        .map(SqlCondition::sql)
        .forEach(sql -> assertFalse(withoutExists(sql).contains("IN (SELECT"), sql));
  }

  private static String withoutExists(String sql) {
    StringBuilder rest = new StringBuilder(sql);
    for (int start; (start = rest.indexOf("EXISTS (")) >= 0; ) {
      int end = start + "EXISTS (".length();
      for (int open = 1; open > 0; end++) {
        open += rest.charAt(end) == '(' ? 1 : rest.charAt(end) == ')' ? -1 : 0;
      }
      rest.delete(start, end);
    }
    return rest.toString();
  }
}
