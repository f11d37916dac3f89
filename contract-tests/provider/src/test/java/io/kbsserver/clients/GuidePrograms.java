package io.kbsserver.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.kbsserver.testing.Program;
import io.kbsserver.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * The programs that a guide shows, one in each language, as they stand there.
 *
 * @param guide the name of its file
 * @param shell the commands that tell whether what the program in sh calls is here
 */
record GuidePrograms(String guide, List<List<String>> shell) {

  private static final Path GUIDES = Path.of("..", "..", "docs", "guides");
  private static final Pattern CODE = Pattern.compile("(?s)```(\\w+)\n(.*?)```");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** How a program is kept and run; what has none of these names shows something else. */
  private enum Language {
    SH("program.sh", List.of("sh")),
    JS("program.mjs", List.of("node")),
    PYTHON("program.py", List.of("python3")),
    PHP("program.php", List.of("php")),
    JAVA(
        "Program.java",
        List.of(
            GuidePrograms.JAVA,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path")));

    private final String file;
    private final List<String> command;

    Language(String file, List<String> command) {
      this.file = file;
      this.command = command;
    }

    private String fence() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Language> of(String fence) {
      return Stream.of(values()).filter(language -> language.fence().equals(fence)).findFirst();
    }
  }

  /** A program, in a folder of its own. */
  record GuideProgram(String language, Path place, List<String> command) {

    /** The same, which finds a file of its folder in its input. */
    GuideProgram reading(String file) {
      List<String> reading = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" < " + file, "sh"));
      reading.addAll(command);
      return new GuideProgram(language, place, reading);
    }

    Program run(Map<String, String> environment) {
      return Program.run(place, environment, PATIENCE, command);
    }
  }

  /** What is to be seen of each. */
  interface Check {
    void check(GuideProgram program) throws Exception;
  }

  /** A test for each, in a folder below the one that is given. */
  Stream<DynamicTest> tests(Path folder, Check check) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Matcher fences = CODE.matcher(Files.readString(GUIDES.resolve(guide)));
    while (fences.find()) {
      String code = fences.group(2);
      Language.of(fences.group(1))
          .ifPresent(language -> tests.add(test(language, code, folder, check)));
    }
    assertEquals(Language.values().length, tests.size(), "one in each language");
    return tests.stream();
  }

  private DynamicTest test(Language language, String code, Path folder, Check check) {
    Executable run = () -> check.check(kept(language, code, folder));
    String name = language.fence();
    return switch (language) {
      case SH -> Requirement.CURL.test(name, obstacle(folder, shell), run);
      case JS -> Requirement.NODE.test(name, obstacle(folder, "node", "-e", "fetch"), run);
      case PYTHON -> Requirement.PYTHON.test(name, obstacle(folder, "python3", "--version"), run);
      case PHP -> Requirement.PHP.test(name, obstacle(folder, "php", "-r", "curl_version();"), run);
      case JAVA -> dynamicTest(name, run);
    };
  }

  private static GuideProgram kept(Language language, String code, Path folder) throws IOException {
    String name = language.fence();
    Path place = Files.createDirectory(folder.resolve(name));
    Files.writeString(place.resolve(language.file), code);
    List<String> command = new ArrayList<>(language.command);
    command.add(language.file);
    return new GuideProgram(name, place, command);
  }

  private static Optional<String> obstacle(Path folder, String... command) {
    return obstacle(folder, List.of(List.of(command)));
  }

  private static Optional<String> obstacle(Path folder, List<List<String>> commands) {
    return commands.stream()
        .filter(command -> !Program.run(folder, Map.of(), PATIENCE, command).succeeded())
        .findFirst()
        .map(command -> command.get(0) + " is missing, or too old");
  }
}
