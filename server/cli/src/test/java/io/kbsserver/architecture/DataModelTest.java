package io.kbsserver.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** {@code docs/architecture.md} shows the schema as it is. {@code -Ddocs.write} draws it anew. */
class DataModelTest {

  private static final Path DOCUMENT = Path.of("..", "..", "docs", "architecture.md");
  private static final Pattern DRAWN =
      Pattern.compile("(?<=<!-- from the schema -->\n).*?(?=<!-- end -->)", Pattern.DOTALL);

  @Test
  void theDocumentShowsTheSchema() throws IOException, SQLException {
    String drawn = draw();
    String document = Files.readString(DOCUMENT);
    if (System.getProperty("docs.write") != null) {
      document = DRAWN.matcher(document).replaceFirst(Matcher.quoteReplacement(drawn));
      Files.writeString(DOCUMENT, document);
    }
    Matcher shown = DRAWN.matcher(document);
    assertTrue(shown.find(), "No place for the data model in " + DOCUMENT);
    assertEquals(
        drawn,
        shown.group(),
        "The schema is another one: CONTRIBUTING.md has the command that draws it anew");
  }

  private static String draw() throws SQLException {
    TestDatabase database = TestDatabase.get();
    String url = database.createSchema("data_model");
    Flyway.configure().dataSource(url, database.user(), database.password()).load().migrate();
    try (Connection connection =
        DriverManager.getConnection(url, database.user(), database.password())) {
      DataModel model = DataModel.of(connection);
      return """

          A ticket, what hangs on it, and what these refer to:

          %s
          Everybody and everything else:

          %s
          All tables, the columns of the primary key in bold:

          %s
          """
          .formatted(model.around("ticket"), model.beside("ticket"), model.columns());
    }
  }
}
