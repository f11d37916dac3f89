package io.kbsserver.cli;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.Program;
import io.kbsserver.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the documents tell an operator to write and to run is there. */
class OperatingDocumentTest {

  private static final Path HOUSE = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path DOCUMENT = HOUSE.resolve("docs").resolve("operating.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** A command with what follows it up to the end of the line, or to what shell does with it. */
  private static final Pattern COMMAND =
      Pattern.compile("\\bkbs-server ((?:[a-z]+ )*[a-z]+)([^\\n|;)]*)");

  private static final Pattern OPTION = Pattern.compile("(?<= )--[a-z-]+");
  private static final Pattern ENVIRONMENT =
      Pattern.compile("^Environment=((KBS_[A-Z_]+)=.*)$", Pattern.MULTILINE);
  private static final Pattern VARIABLE = Pattern.compile("\\bKBS_[A-Z_]+");

  @Test
  void commandsAndTheirOptionsExist() throws IOException {
    List<String> documents = new ArrayList<>(List.of(Files.readString(HOUSE.resolve("README.md"))));
    try (Stream<Path> files = Files.list(DOCUMENT.getParent())) {
      for (Path file : files.filter(file -> file.toString().endsWith(".md")).toList()) {
        documents.add(Files.readString(file));
      }
    }
    Map<String, String> helps = new TreeMap<>();
    int found = 0;
    for (String document : documents) {
      for (MatchResult block : BLOCK.matcher(document).results().toList()) {
        String text = block.group(2).replace("\\\n", " ");
        for (MatchResult command : COMMAND.matcher(text).results().toList()) {
          String help = help(helps, command.group(1));
          for (MatchResult option : OPTION.matcher(command.group(2)).results().toList()) {
            assertTrue(
                (help + " --help").contains(option.group()),
                () -> command.group() + ": " + option.group() + " is not in\n" + help);
          }
          found++;
        }
      }
    }
    assertTrue(found > 8, "so many commands in code: " + found);
  }

  @Test
  void variablesExist() throws IOException {
    Set<String> known = Arrays.stream(Variable.values()).map(Variable::variable).collect(toSet());
    for (MatchResult block : BLOCK.matcher(Files.readString(DOCUMENT)).results().toList()) {
      for (MatchResult variable : VARIABLE.matcher(block.group(2)).results().toList()) {
        assertTrue(known.contains(variable.group()), variable::group);
      }
    }
  }

  /** What stood in the unit alone, commands would not know: they would go to another database. */
  @Test
  void commandsFindTheDatabaseOfTheService() throws IOException {
    String document = Files.readString(DOCUMENT);
    List<String> shared =
        Arrays.stream(Variable.values())
            .filter(variable -> !variable.isOfServer() && variable != Variable.JAVA_OPTS)
            .map(Variable::variable)
            .toList();
    List<String> units = units(document);
    assertEquals(1, units.size());
    List<String> found =
        ENVIRONMENT
            .matcher(units.get(0))
            .results()
            .filter(variable -> shared.contains(variable.group(2)))
            .map(variable -> variable.group(1))
            .toList();
    assertEquals(List.of("KBS_CONFIG=/etc/kbs-server.conf"), found);
    assertFalse(units.get(0).contains("EnvironmentFile"), units.get(0));
    assertTrue(document.contains("\nrunuser -u kbs -- env " + found.get(0) + " /opt/"), document);
  }

  /** systemd understands each unit, with the program where it is here. */
  @TestFactory
  Stream<DynamicTest> unitsAreUnderstood(@TempDir Path folder) throws IOException {
    Path program = HOUSE.resolve("server/cli/src/main/dist/bin/kbs-server");
    List<String> units = units(Files.readString(DOCUMENT));
    assertEquals(1, units.size());
    return units.stream()
        .map(
            unit ->
                Requirement.SYSTEMD.test(
                    "kbs-server.service",
                    obstacle(folder),
                    () -> {
                      assertTrue(unit.contains("ExecStart=/opt/kbs-server/bin/kbs-server "), unit);
                      Path file = folder.resolve("kbs-server.service");
                      Files.writeString(
                          file, unit.replace("/opt/kbs-server/bin/kbs-server", program.toString()));
                      Program verify = analyze(folder, "verify", file.toString());
                      assertTrue(verify.succeeded(), verify::output);
                      assertEquals("", verify.output());
                    }));
  }

  private static List<String> units(String document) {
    return BLOCK
        .matcher(document)
        .results()
        .filter(block -> block.group(1).equals("ini"))
        .map(block -> block.group(2))
        .toList();
  }

  private static Optional<String> obstacle(Path folder) {
    return analyze(folder, "--version").succeeded()
        ? Optional.empty()
        : Optional.of("there is no systemd-analyze");
  }

  private static Program analyze(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of("systemd-analyze"));
    command.addAll(List.of(arguments));
    return Program.run(folder, Map.of(), Duration.ofMinutes(1), command);
  }

  /** That of the longest of these words that is a command; behind it come its arguments. */
  private static String help(Map<String, String> helps, String words) {
    String[] split = words.split(" ");
    for (int length = Math.min(2, split.length); length > 0; length--) {
      String command = String.join(" ", Arrays.copyOf(split, length));
      String help = helps.computeIfAbsent(command, OperatingDocumentTest::help);
      if (!help.isEmpty()) {
        return help;
      }
    }
    throw new AssertionError("There is no command kbs-server " + words);
  }

  private static String help(String command) {
    CommandLineRun run = CommandLineRun.of(Map.of(), (command + " --help").split(" "));
    return run.exitCode() == 0 ? run.out() : "";
  }
}
