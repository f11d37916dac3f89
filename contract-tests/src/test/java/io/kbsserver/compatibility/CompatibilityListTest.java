package io.kbsserver.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.compare.Deviation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** COMPATIBILITY.md and the list that drives the tests say the same. */
class CompatibilityListTest {

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
      assertFalse(row.covers().isEmpty(), row.id());
      row.covers().forEach(cover -> assertTrue(cover.difference() != null, row.id()));
    }
  }
}
