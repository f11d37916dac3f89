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
  private static final Path FILE = Path.of("..", "..", "COMPATIBILITY.md");

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
    for (Path folder : testFolders()) {
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .filter(file -> file.toString().endsWith("Test.java"))
            .forEach(file -> add(file, tests));
      }
    }
    for (Deviation row : Deviation.all()) {
      assertTrue(row.test() == null || tests.contains(row.test()), row.id() + ": " + row.test());
    }
  }

  /** Of this module, and of those of the server. */
  private static List<Path> testFolders() throws IOException {
    Path tests = Path.of("src", "test", "java");
    try (Stream<Path> modules = Files.list(Path.of("..", "..", "server"))) {
      return Stream.concat(Stream.of(Path.of("")), modules)
          .map(module -> module.resolve(tests))
          .filter(Files::isDirectory)
          .toList();
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
