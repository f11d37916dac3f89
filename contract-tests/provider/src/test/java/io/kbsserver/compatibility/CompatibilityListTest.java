package io.kbsserver.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.compare.Deviation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** COMPATIBILITY.md and the list that drives the tests say the same. */
class CompatibilityListTest {

  private static final Pattern METHOD = Pattern.compile("\\n  void (\\w+)\\(");
  private static final Path FILE = Path.of("..", "COMPATIBILITY.md");

  @Test
  void readersSeeTheListThatDrivesTheTests() throws IOException {
    List<String> shown =
        Files.readAllLines(FILE).stream().filter(line -> line.startsWith("| `")).toList();
    assertEquals(
        String.join("\n", Deviation.all().stream().map(Deviation::row).toList()),
        String.join("\n", shown));
  }

  @Test
  void everyRowExplainsItself() {
    Set<String> ids = new HashSet<>();
    for (Deviation row : Deviation.all()) {
      assertTrue(row.id().matches("[a-z]+(-[a-z]+)*"), row.id());
      assertTrue(ids.add(row.id()), () -> "Twice: " + row.id());
      for (String text : List.of(row.plugin(), row.ours(), row.why())) {
        assertFalse(text.isBlank() || text.contains("|") || text.contains("\n"), row.id());
      }
      assertTrue(!row.covers().isEmpty() || row.test() != null, row.id());
      row.covers().forEach(cover -> assertTrue(cover.difference() != null, row.id()));
    }
  }

  @Test
  void whatNoRecordingShowsIsHeldByATestThatExists() throws IOException {
    List<String> tests = new ArrayList<>();
    for (Path module : List.of(Path.of("..", "server"), Path.of("."))) {
      try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
        files
            .filter(file -> file.toString().endsWith("Test.java"))
            .forEach(file -> add(file, tests));
      }
    }
    for (Deviation row : Deviation.all()) {
      assertTrue(row.test() == null || tests.contains(row.test()), row.id() + ": " + row.test());
    }
  }

  private static void add(Path file, List<String> tests) {
    String name = file.getFileName().toString().replace(".java", "");
    Matcher methods;
    try {
      methods = METHOD.matcher(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    while (methods.find()) {
      tests.add(name + "#" + methods.group(1));
    }
  }
}
