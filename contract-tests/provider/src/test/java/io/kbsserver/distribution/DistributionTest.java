package io.kbsserver.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What is carried away: it can be started, and says what it contains and under which licenses. */
@EnabledIf(value = "thereIsAnArchive", disabledReason = "only verify makes the archive")
class DistributionTest {

  private static final Path HOUSE = Path.of("..", "..");
  private static final Path ARCHIVE =
      HOUSE.resolve("server/cli/target/kbs-server.tar.gz").toAbsolutePath();

  private static final Pattern PAGE = Pattern.compile("(kbs-server[a-z-]*)\\(1\\)");

  @TempDir private static Path temporary;

  /** Strangers have such names as well. */
  private static Path folder;

  private static Path distribution;

  static boolean thereIsAnArchive() {
    return Files.exists(ARCHIVE);
  }

  static boolean thereIsAList() {
    return Files.exists(distribution.resolve("sbom.json"));
  }

  @BeforeAll
  static void unpack() throws IOException {
    folder = Files.createDirectory(temporary.resolve("a folder"));
    Program tar =
        Program.run(
            folder, Map.of(), Duration.ofMinutes(2), List.of("tar", "-xzf", ARCHIVE.toString()));
    assertTrue(tar.succeeded(), tar::output);
    try (Stream<Path> unpacked = Files.list(folder)) {
      distribution =
          unpacked
              .filter(path -> path.getFileName().toString().startsWith("kbs-server-"))
              .findFirst()
              .orElseThrow();
    }
  }

  @Test
  void theLauncherCanBeStarted() {
    Path launcher = distribution.resolve("bin").resolve("kbs-server");
    assertTrue(Files.isExecutable(launcher));
    Program help =
        Program.run(
            folder, Map.of(), Duration.ofMinutes(1), List.of(launcher.toString(), "--help"));
    assertTrue(help.succeeded(), help::output);
  }

  /** Who runs it need not own it, and it writes nothing where it is. */
  @Test
  void anotherUserRunsItWhereNothingCanBeWritten() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root becomes another user");
    Path launcher = distribution.resolve("bin").resolve("kbs-server");
    Path data = Files.createDirectory(temporary.resolve("of nobody"));
    for (Path open : List.of(temporary, folder)) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    Program users =
        Program.run(
            temporary,
            Map.of("HOME", "/nonexistent", "XDG_CACHE_HOME", "", "KBS_DATA_DIR", data + "/data"),
            Duration.ofMinutes(1),
            List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                launcher.toString(),
                "user",
                "list"));
    assertEquals(1, users.status(), users::output);
    assertTrue(users.output().contains("There is no database yet in " + data), users::output);
  }

  @Test
  void theLicensesAreThere() throws IOException {
    for (String name : List.of("LICENSE", "NOTICE")) {
      assertEquals(
          Files.readString(HOUSE.resolve(name)), Files.readString(distribution.resolve(name)));
    }
  }

  /** Each page of the manual is there: those that others name. */
  @Test
  void theManualIsThere() throws IOException {
    Path pages = distribution.resolve("share/man/man1");
    Set<String> named = new HashSet<>(Set.of("kbs-server"));
    Set<String> there = new HashSet<>();
    try (Stream<Path> files = Files.list(pages)) {
      for (Path page : files.toList()) {
        there.add(page.getFileName().toString().replaceFirst("\\.1$", ""));
        Matcher others = PAGE.matcher(Files.readString(page).replace("\\-", "-"));
        others.results().forEach(other -> named.add(other.group(1)));
      }
    }
    assertEquals(named, there);
    assertTrue(there.contains("kbs-server-user-add"), there::toString);
  }

  /** The list of parts names each library, with its license. */
  @Test
  @EnabledIf(value = "thereIsAList", disabledReason = "no list of parts is made offline")
  void theListOfPartsIsThatOfTheLibraries() throws IOException {
    JsonNode list = new ObjectMapper().readTree(distribution.resolve("sbom.json").toFile());
    assertEquals("CycloneDX", list.path("bomFormat").asText());
    Set<String> listed = new HashSet<>();
    listed.add(file(list.at("/metadata/component")));
    for (JsonNode part : list.path("components")) {
      listed.add(file(part));
      assertTrue(part.path("licenses").size() > 0, part::toString);
    }
    try (Stream<Path> libraries = Files.list(distribution.resolve("lib"))) {
      Set<String> there = new HashSet<>();
      libraries.forEach(library -> there.add(library.getFileName().toString()));
      assertEquals(there, listed);
    }
  }

  private static String file(JsonNode part) {
    return part.path("name").asText() + "-" + part.path("version").asText() + ".jar";
  }
}
