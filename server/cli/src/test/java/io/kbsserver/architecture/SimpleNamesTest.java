package io.kbsserver.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who hears the name of a class knows which one is meant, in tests as well. */
class SimpleNamesTest {

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

  /** A class within another that others may see. */
  private static final Pattern NESTED =
      Pattern.compile(
          "^ +(?:(?!private)[a-z-]+ )*(?:class|interface|record|enum) (\\w+)", Pattern.MULTILINE);

  @Test
  void noTwoClassesOfTheHouseShareASimpleName() {
    Map<String, List<Path>> files = byName();
    assertTrue(files.size() > 400, () -> "Only " + files.size() + " were found");
    files.values().removeIf(same -> same.size() == 1);
    assertEquals(Map.of(), files);
  }

  @Test
  void noClassWithinAnotherIsCalledLikeOneOfTheHouse() throws IOException {
    Set<String> names = byName().keySet();
    Set<String> found = new TreeSet<>();
    for (Path file : House.files()) {
      String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
      NESTED
          .matcher(code)
          .results()
          .map(nested -> nested.group(1))
          .filter(names::contains)
          .forEach(nested -> found.add(name(file) + "." + nested));
    }
    assertEquals(Set.of(), found);
  }

  private static Map<String, List<Path>> byName() {
    return House.files().stream()
        .collect(Collectors.groupingBy(SimpleNamesTest::name, TreeMap::new, Collectors.toList()));
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }
}
