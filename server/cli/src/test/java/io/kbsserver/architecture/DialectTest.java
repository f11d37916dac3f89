package io.kbsserver.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What MySQL refuses and MariaDB, on which the build's tests run, does not: as far as the texts of
 * statements show it.
 */
class DialectTest {

  /** What makes a text of a value in JSON. */
  private static final Pattern READS_JSON =
      Pattern.compile("JSON_UNQUOTE|JSON_VALUE|->>", Pattern.CASE_INSENSITIVE);

  /** MySQL 9.7 has no MD5 any more; the others are as old. */
  private static final Pattern GONE = Pattern.compile("\\b(MD5|SHA1?)\\s*\\(");

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

  @Test
  void textsAreReadOutOfJsonInOneWay() throws IOException {
    assertEquals(Set.of("JsonText.java"), with(READS_JSON));
  }

  /** But by what judges tests of changes: these do not run there. */
  @Test
  void nothingIsAskedThatNewerOnesHaveNoMore() throws IOException {
    assertEquals(Set.of("ChangeJudge.java"), with(GONE));
  }

  private static Set<String> with(Pattern pattern) throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path file : House.files()) {
      if (file.toString().replace('\\', '/').contains("server/")
          && file.toString().replace('\\', '/').contains("/src/main/")
          && pattern.matcher(COMMENT.matcher(Files.readString(file)).replaceAll("")).find()) {
        found.add(file.getFileName().toString());
      }
    }
    return found;
  }
}
