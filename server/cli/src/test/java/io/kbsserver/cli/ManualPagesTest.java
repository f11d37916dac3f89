package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kbsserver.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;

/** Each command has a page that man shows. */
class ManualPagesTest {
  @TempDir private static Path folder;

  private static Path pages;
  private static List<CommandLine> commands;

  @BeforeAll
  static void write() throws IOException {
    pages = folder.resolve("man1");
    String inColour = System.setProperty("picocli.ansi", "true");
    try {
      // As in a terminal: what helps there harms in a page.
      ManualPages.main(new String[] {pages.toString()});
    } finally {
      if (inColour == null) {
        System.clearProperty("picocli.ansi");
      }
    }
    commands = withThoseBelow(ManualPages.commands()).toList();
  }

  /** A command and all that stand below it. */
  static Stream<CommandLine> withThoseBelow(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(ManualPagesTest::withThoseBelow));
  }

  @Test
  void eachCommandHasAPage() throws IOException {
    try (Stream<Path> files = Files.list(pages)) {
      assertEquals(
          commands.stream()
              .map(command -> command.getCommandSpec().qualifiedName("-") + ".1")
              .sorted()
              .toList(),
          files.map(page -> page.getFileName().toString()).sorted().toList());
    }
  }

  /** What a person has broken into lines is broken nowhere else, in help and in its page. */
  @Test
  void linesStayWhole() {
    List<String> broken = new ArrayList<>();
    for (CommandLine command : commands) {
      if (command.getCommandSpec().userObject() instanceof GenerateCompletion) {
        continue; // Its text is picocli's.
      }
      List<String> help = command.getUsageMessage().lines().map(String::stripTrailing).toList();
      Stream.of(
              command.getCommandSpec().usageMessage().description(),
              command.getCommandSpec().usageMessage().footer())
          .flatMap(Arrays::stream)
          .flatMap(line -> line.formatted().lines())
          .filter(line -> !help.contains(line))
          .forEach(broken::add);
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void manShowsThem() throws IOException {
    List<String> line = new ArrayList<>(List.of("man", "--warnings", "-P", "cat", "-l"));
    try (Stream<Path> files = Files.list(pages)) {
      files.map(Path::toString).sorted().forEach(line::add);
    }
    Map<String, String> environment = Map.of("MANWIDTH", "90", "LC_ALL", "C.UTF-8");
    Program man = Program.run(folder, environment, Duration.ofMinutes(1), line);
    assumeTrue(man.status() != -1, "There is no man here");
    assertTrue(man.succeeded(), man::output);
    assertTrue(man.output().contains("\n       kbs-server-compare - Ask a "), man::output);
    assertTrue(man.output().contains("\n             --email=E-MAIL   E-mail"), man::output);
    assertTrue(man.output().contains("\n         kbs-server user add jane --"), man::output);
    assertTrue(man.output().lines().noneMatch(said -> said.contains("warning: ")), man::output);
  }

  @Test
  void noneHasColours() throws IOException {
    try (Stream<Path> files = Files.list(pages)) {
      for (Path page : files.toList()) {
        assertFalse(Files.readString(page).contains("\u001b"), page::toString);
      }
    }
  }
}
