package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables from the environment, from a file, and passwords from a file. */
class ConfigurationTest {
  private final TestDatabase database = TestDatabase.get();

  @TempDir private Path folder;

  @Test
  void theFileIsReadAndTheEnvironmentGoesBeforeIt() throws IOException {
    String url = database.createMigratedSchema("configured");
    Path file =
        write(
            "\uFEFF# of the help desk\nKBS_DATABASE_URL = "
                + url
                + "\nKBS_DATABASE_USER=nobody\nKBS_DATABASE_PASSWORD=wrong\n");
    Map<String, String> environment = new HashMap<>(Map.of("KBS_CONFIG", file.toString()));
    CommandLineRun refused = CommandLineRun.of(environment, "user", "list");
    assertEquals(1, refused.exitCode());
    assertTrue(refused.err().contains("refuses the user nobody"), refused.err());

    environment.put("KBS_DATABASE_USER", database.user());
    environment.put("KBS_DATABASE_PASSWORD", database.password());
    // What is empty is not set.
    environment.put("KBS_DATABASE_URL", "");
    CommandLineRun run = CommandLineRun.of(environment, "user", "list");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("", run.err());
  }

  @Test
  void nobodyInTheEnvironmentGoesBeforeProxiesInTheFile() throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("KBS_CONFIG", write("KBS_TRUSTED_PROXIES=10.0.0.1\nKBS_PORT=81\n").toString());
    environment.put("KBS_TRUSTED_PROXIES", "");
    environment.put("KBS_PORT", "");
    Configuration configuration = Configuration.of(environment);
    assertEquals("", configuration.value(Variable.TRUSTED_PROXIES));
    assertEquals("81", configuration.value(Variable.PORT));
    environment.remove("KBS_TRUSTED_PROXIES");
    assertEquals("10.0.0.1", Configuration.of(environment).value(Variable.TRUSTED_PROXIES));
  }

  @Test
  void namesThatMeanNothingAreWarnedAbout() throws IOException {
    Map<String, String> environment =
        new HashMap<>(CommandLineRun.environment(database.createMigratedSchema("misspelt")));
    environment.put("KBS_PROT", "80");
    environment.put("KBS_SOMETHING_ELSE_ALTOGETHER", "1");
    Path file = write("KBS_LOGLEVEL=debug\nPORT=1\nKBS_JAVA_OPTS=-Xmx1g\n");
    environment.put("KBS_CONFIG", file.toString());
    CommandLineRun run = CommandLineRun.of(environment, "user", "list");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("There are no users.\n", run.out());
    assertEquals(
        List.of(
            "KBS_PROT means nothing here; did you mean KBS_PORT?",
            "KBS_SOMETHING_ELSE_ALTOGETHER means nothing here",
            "KBS_JAVA_OPTS in " + file + " is read from the environment only",
            "KBS_LOGLEVEL in " + file + " means nothing here; did you mean KBS_LOG_LEVEL?",
            "PORT in " + file + " means nothing here"),
        run.err().lines().map(line -> line.replaceFirst("^kbs-server: warning: ", "")).toList());
  }

  @Test
  void theLogGoesByTheFileAsWell() throws Exception {
    Map<String, String> environment =
        new HashMap<>(CommandLineRun.environment(database.createMigratedSchema("logged")));
    environment.put("KBS_CONFIG", write("KBS_LOG_LEVEL=debug\n").toString());
    try (ChildProcess command =
        ChildProcess.start(
            Main.class, ChildProcess.classPath(), environment, "user", "password", "nobody")) {
      assertEquals(1, command.exitCode());
      assertTrue(command.errors().contains("DEBUG The command failed"), command.errors());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "none.properties, does not exist",
    ".,               is a folder",
    "damaged,         is not one of lines such as KBS_PORT=8090",
    "latin1,          is not UTF-8"
  })
  void whatIsWrongWithTheFileIsTold(String name, String mistake) throws IOException {
    Files.writeString(folder.resolve("damaged"), "KBS_PORT=\\u00zz");
    Files.write(
        folder.resolve("latin1"), "KBS_DATA_DIR=/d\u00e4".getBytes(StandardCharsets.ISO_8859_1));
    Map<String, String> environment = Map.of("KBS_CONFIG", folder.resolve(name).toString());
    for (String command : List.of("serve", "user list")) {
      CommandLineRun run = CommandLineRun.of(environment, command.split(" "));
      assertEquals(1, run.exitCode());
      assertEquals(1, run.err().lines().count(), run.err());
      assertTrue(
          run.err().startsWith("kbs-server: The configuration file of KBS_CONFIG " + mistake),
          run.err());
    }
    assertEquals(0, CommandLineRun.of(environment, "--help").exitCode());
  }

  @Test
  void thePasswordIsTheFirstLineOfAFile() throws IOException {
    Map<String, String> environment =
        new HashMap<>(CommandLineRun.environment(database.createMigratedSchema("password_file")));
    environment.put("KBS_DATABASE_PASSWORD_FILE", write("anything").toString());
    CommandLineRun both = CommandLineRun.of(environment, "user", "list");
    assertEquals(
        "kbs-server: KBS_DATABASE_PASSWORD and KBS_DATABASE_PASSWORD_FILE are both set: keep one of"
            + " them\n",
        both.err());
    environment.remove("KBS_DATABASE_PASSWORD");
    environment.put(
        "KBS_DATABASE_PASSWORD_FILE", write(database.password() + "\r\nnot this\n").toString());
    CommandLineRun run = CommandLineRun.of(environment, "user", "list");
    assertEquals(0, run.exitCode(), run.err());
  }

  @Test
  void aPasswordInTheEnvironmentGoesBeforeItsFileInTheFile() throws IOException {
    Map<String, String> environment =
        new HashMap<>(CommandLineRun.environment(database.createMigratedSchema("password_before")));
    String none = "KBS_DATABASE_PASSWORD_FILE=" + folder.resolve("none") + "\n";
    environment.put("KBS_CONFIG", write(none).toString());
    CommandLineRun given = CommandLineRun.of(environment, "user", "list");
    assertEquals(0, given.exitCode(), given.err());

    write("KBS_DATABASE_PASSWORD=wrong\n" + none);
    CommandLineRun both = CommandLineRun.of(environment, "user", "list");
    assertTrue(both.err().contains("are both set: keep one of them"), both.err());

    Path password = Files.writeString(folder.resolve("password"), database.password());
    environment.remove("KBS_DATABASE_PASSWORD");
    environment.put("KBS_DATABASE_PASSWORD_FILE", password.toString());
    write("KBS_DATABASE_PASSWORD=wrong\n");
    CommandLineRun file = CommandLineRun.of(environment, "user", "list");
    assertEquals(0, file.exitCode(), file.err());
  }

  @ParameterizedTest
  @CsvSource({
    "none.txt, does not exist",
    ".,        is a folder",
    "empty,    is empty",
    "blank,    has nothing in its first line",
    "bom,      begins with a byte order mark",
    "utf16,    is not UTF-8"
  })
  void whatIsWrongWithAPasswordFileIsTold(String name, String mistake) throws IOException {
    Files.writeString(folder.resolve("empty"), "");
    Files.writeString(folder.resolve("blank"), "\nsecret\n");
    Files.writeString(folder.resolve("bom"), "\uFEFFsecret\n");
    Files.writeString(folder.resolve("utf16"), "secret", StandardCharsets.UTF_16);
    String file = folder.resolve(name).toString();
    CommandLineRun run =
        CommandLineRun.of(
            Map.of(
                "KBS_DATABASE_URL", "jdbc:mysql://127.0.0.1:1/kbs",
                "KBS_DATABASE_USER", "kbs",
                "KBS_DATABASE_PASSWORD_FILE", file),
            "serve",
            "--port",
            "0");
    told("The file of KBS_DATABASE_PASSWORD_FILE " + mistake, run);
    told(
        "The password file " + mistake,
        CommandLineRun.of(
            Map.of(),
            "import",
            "--from",
            "jdbc:mysql://127.0.0.1:1/wp",
            "--user",
            "wp",
            "--password-file",
            file));
  }

  private static void told(String mistake, CommandLineRun run) {
    assertEquals(1, run.exitCode());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("kbs-server: " + mistake), run.err());
    assertTrue(!run.err().contains("secret"), run.err());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("kbs.properties"), text);
  }
}
