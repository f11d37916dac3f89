package io.kbsserver.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the documents name is there: files, folders, headings, and the rooms of the server. {@code
 * -Ddocs.write} leads links to classes that have moved to where they are now.
 */
class DocumentsTest {

  private static final Path HOUSE = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path ARCHITECTURE = HOUSE.resolve("docs").resolve("architecture.md");
  private static final Path APPLICATION = HOUSE.resolve("server/app/src/main/java/io/kbsserver");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s:]*)\\)");
  private static final Pattern CLASS = Pattern.compile("(?<=]\\()[^)\\s:]*/(\\w+\\.java)(?=\\))");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /** A path in the tree, in so many words. */
  private static final Pattern PATH =
      Pattern.compile("`((?:api|server|contract-tests|docs)/[\\w./-]+)`");

  /** What a build makes, and what is no document. */
  private static final Pattern MADE = Pattern.compile("(^|.*/)(target|resources|\\.[^/]*)(/.*|$)");

  @Test
  void linksLeadToFilesAndHeadings() throws IOException {
    if (System.getProperty("docs.write") != null) {
      leadToClasses();
    }
    List<String> broken = new ArrayList<>();
    for (Path document : files(".md")) {
      for (String link : found(LINK, Files.readString(document))) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target) || parts.length > 1 && !anchors(target).contains(parts[1])) {
          broken.add(HOUSE.relativize(document) + ": " + link);
        }
      }
    }
    assertEquals(List.of(), broken, "CONTRIBUTING.md has the command for classes that have moved");
  }

  @Test
  void pathsAreThere() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path document : files(".md")) {
      for (String path : found(PATH, Files.readString(document))) {
        if (!MADE.matcher(path).matches() && !Files.exists(HOUSE.resolve(path))) {
          missing.add(HOUSE.relativize(document) + ": " + path);
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void everyRoomIsInThePicture() throws IOException {
    String text = Files.readString(ARCHITECTURE);
    String picture = text.substring(text.indexOf("## The rooms"), text.indexOf("## The way"));
    try (Stream<Path> rooms = Files.list(APPLICATION).filter(Files::isDirectory)) {
      List<String> unnamed =
          rooms
              .map(room -> room.getFileName() + "/")
              .filter(room -> !picture.contains(" " + room + " "))
              .toList();
      assertEquals(List.of(), unnamed);
    }
  }

  /** A stranger finds the code of each step from the operationId. */
  @ParameterizedTest
  @ValueSource(strings = {"listTickets", "updateTicket"})
  void theWalkNamesTheClassOfEachStep(String operation) throws IOException {
    String text = Files.readString(ARCHITECTURE);
    String from = text.substring(text.indexOf("\n### `" + operation + "`\n") + 1);
    String walk = from.substring(0, from.indexOf("\n##"));
    List<String> classes = found(CLASS, walk);
    for (String step : List.of("Controller", "Service", "Visibility", "List", "Representation")) {
      assertTrue(
          classes.stream().anyMatch(file -> file.endsWith(step + ".java")),
          () -> step + " is not in " + classes);
    }
  }

  private static void leadToClasses() throws IOException {
    Map<String, Path> classes = new HashMap<>();
    for (Path file : files(".java")) {
      classes.put(file.getFileName().toString(), file);
    }
    for (Path document : files(".md")) {
      Path folder = document.getParent();
      String text = Files.readString(document);
      String led =
          CLASS
              .matcher(text)
              .replaceAll(
                  link ->
                      Files.exists(folder.resolve(link.group()).normalize())
                              || !classes.containsKey(link.group(1))
                          ? link.group()
                          : folder.relativize(classes.get(link.group(1))).toString());
      if (!led.equals(text)) {
        Files.writeString(document, led);
      }
    }
  }

  private static List<Path> files(String ending) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        HOUSE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            // What other tests make there may be gone before it is looked at.
            return MADE.matcher(HOUSE.relativize(folder).toString()).matches()
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = HOUSE.relativize(file).toString();
            if (path.endsWith(ending) && !MADE.matcher(path).matches()) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    assertTrue(found.size() > 10, found::toString);
    return found;
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(match.groupCount())).toList();
  }

  /** The anchors of the headings, as they are made where the documents are shown. */
  private static Set<String> anchors(Path document) throws IOException {
    return found(HEADING, Files.readString(document)).stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", ""))
        .map(heading -> heading.replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
