package io.kbsserver.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who hears the name of a class knows which one is meant, in tests as well. */
class SimpleNamesTest {

  @Test
  void noTwoClassesOfTheHouseShareASimpleName() {
    Map<String, List<Path>> files =
        House.files().stream()
            .collect(
                Collectors.groupingBy(
                    file -> file.getFileName().toString(), TreeMap::new, Collectors.toList()));
    assertTrue(files.size() > 400, () -> "Only " + files.size() + " were found");
    files.values().removeIf(same -> same.size() == 1);
    assertEquals(Map.of(), files);
  }
}
