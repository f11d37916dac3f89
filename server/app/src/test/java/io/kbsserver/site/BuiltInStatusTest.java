package io.kbsserver.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The statuses that code knows are those that a new database has. */
class BuiltInStatusTest {

  private static final Pattern ROW =
      Pattern.compile("\\('([^']+)', '[^']+', (?:TRUE|FALSE), (?:TRUE|FALSE), \\d+\\)");

  @Test
  void aNewDatabaseHasThoseOfTheHelpDesk() throws IOException {
    try (InputStream schema = getClass().getResourceAsStream("/db/migration/V1__schema.sql")) {
      String text = new String(schema.readAllBytes(), StandardCharsets.UTF_8);
      List<String> rows =
          ROW.matcher(text.substring(text.indexOf("INSERT INTO ticket_status")))
              .results()
              .map((MatchResult row) -> row.group(1))
              .toList();
      assertEquals(BuiltInStatus.OF_THE_HELP_DESK, rows);
    }
  }
}
