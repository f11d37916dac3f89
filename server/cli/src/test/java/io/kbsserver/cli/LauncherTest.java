package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.Program;
import io.kbsserver.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that starts the program, as the distribution has it. */
class LauncherTest {

  /** The test's own locale may not know these letters either: the shell makes them. */
  private static final String COMMAND =
      "exec sh \"$0\" user add \"$1\" --email \"$1@example.org\" --role support_agent"
          + " --name \"$(printf 'J\\303\\274rgen \\360\\237\\230\\200')\"";

  @ParameterizedTest
  @ValueSource(strings = {"C", "xx_XX.UTF-8"})
  @DisabledOnOs(OS.WINDOWS)
  void argumentsAreUtf8WhateverTheLocale(String locale, @TempDir Path home)
      throws IOException, InterruptedException, SQLException {
    Path script = Files.createDirectories(home.resolve("bin")).resolve("kbs-server");
    Files.copy(Path.of("src/main/dist/bin/kbs-server"), script);
    writeJar(Files.createDirectories(home.resolve("lib")).resolve("all.jar"));
    String url = TestDatabase.get().createMigratedSchema("launcher");
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", COMMAND, script.toString(), "jurgen");
    builder.environment().keySet().removeIf(name -> name.matches("KBS_.*|LC_.*|LANG"));
    builder.environment().putAll(CommandLineRun.environment(url));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LC_ALL", locale);
    builder.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    TestDatabase database = TestDatabase.get();
    try (Connection connection =
            DriverManager.getConnection(url, database.user(), database.password());
        ResultSet rows =
            connection.createStatement().executeQuery("SELECT display_name FROM app_user")) {
      rows.next();
      assertEquals("Jürgen 😀", rows.getString(1));
    }
  }

  /** The first list leaves an archive of classes, the second one starts from it. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shortCommandsShareTheirClasses(@TempDir Path home) throws IOException, InterruptedException {
    Path script = Files.createDirectories(home.resolve("bin")).resolve("kbs-server");
    Files.copy(Path.of("src/main/dist/bin/kbs-server"), script);
    Path libraries = Files.createDirectories(home.resolve("lib"));
    int number = 0;
    for (String entry : ChildProcess.classPath().split(File.pathSeparator)) {
      // Class data sharing takes jars only.
      Path jar = libraries.resolve(number++ + ".jar");
      if (Files.isDirectory(Path.of(entry))) {
        pack(Path.of(entry), jar);
      } else if (Files.exists(Path.of(entry))) {
        Files.createSymbolicLink(jar, Path.of(entry));
      }
    }
    Path cache = home.resolve("a cache");
    Map<String, String> environment =
        new HashMap<>(
            CommandLineRun.environment(TestDatabase.get().createMigratedSchema("sharing")));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("XDG_CACHE_HOME", cache.toString());
    Path java = Path.of(System.getProperty("java.home"));
    assumeTrue(Files.exists(java.resolve("lib/server/classes.jsa")), "a Java without an archive");

    Program failed = run(home, environment, script, "user", "passwords", "nobody");
    assertEquals("kbs-server: There is no user with the login nobody", failed.output());
    assertFalse(Files.exists(cache.resolve("kbs-server")), "made by another command than a list");

    assertEquals("There are no users.", run(home, environment, script, "user", "list").output());
    try (Stream<Path> made = Files.list(cache.resolve("kbs-server"))) {
      assertEquals(
          List.of(true),
          made.map(file -> file.getFileName().toString().matches("classes-[0-9-]+\\.jsa"))
              .toList());
    }
    for (List<String> command : List.of(List.of("user", "list"), List.of("serve", "--help"))) {
      Path log = home.resolve(command.get(0) + ".log");
      environment.put("KBS_JAVA_OPTS", "-Xlog:class+load:file=" + log);
      Program run = run(home, environment, script, command.toArray(String[]::new));
      assertTrue(run.succeeded(), run::output);
      assertTrue(
          Files.readString(log).contains("io.kbsserver.cli.Main source: shared objects file (top)"),
          command::toString);
    }
  }

  /**
   * Without memory it would go on as well as it can, and perhaps not even stop when it is told to.
   */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aServerWithoutMemoryEnds(@TempDir Path home) throws IOException, InterruptedException {
    Path script = Files.createDirectories(home.resolve("bin")).resolve("kbs-server");
    Files.copy(Path.of("src/main/dist/bin/kbs-server"), script);
    writeJar(Files.createDirectories(home.resolve("lib")).resolve("all.jar"));
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME", System.getProperty("java.home"), "KBS_JAVA_OPTS", "-XX:+PrintFlagsFinal");
    String flags = run(home, environment, script, "serve", "--help").output();
    assertTrue(Pattern.compile("ExitOnOutOfMemoryError += true").matcher(flags).find(), flags);
    assertTrue(Pattern.compile(" MaxNewSize += " + (32 << 20) + " ").matcher(flags).find(), flags);
  }

  /** Who says how large the heap is to be, or a part of it, in whichever variable, is obeyed. */
  @ParameterizedTest
  @CsvSource({
    "KBS_JAVA_OPTS, -Xmn40m, 40",
    "JAVA_TOOL_OPTIONS, -XX:MaxNewSize=40m, 40",
    "JDK_JAVA_OPTIONS, -Xmn40m, 40",
    "JAVA_TOOL_OPTIONS, -Xmx33554432 -Xmn9m, 9",
  })
  @DisabledOnOs(OS.WINDOWS)
  void aServersHeapIsAsItIsSaid(String variable, String options, int megabytes, @TempDir Path home)
      throws IOException, InterruptedException {
    Path script = Files.createDirectories(home.resolve("bin")).resolve("kbs-server");
    Files.copy(Path.of("src/main/dist/bin/kbs-server"), script);
    writeJar(Files.createDirectories(home.resolve("lib")).resolve("all.jar"));
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            variable,
            options + " -XX:+PrintFlagsFinal");
    String flags = run(home, environment, script, "serve", "--help").output();
    String size = " MaxNewSize += " + ((long) megabytes << 20) + " ";
    assertTrue(Pattern.compile(size).matcher(flags).find(), flags);
    assertFalse(flags.contains("warning"), flags);
  }

  private static Program run(
      Path folder, Map<String, String> environment, Path script, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", script.toString()));
    command.addAll(List.of(words));
    return Program.run(folder, environment, Duration.ofMinutes(2), command);
  }

  /** With its folders, in which Micronaut looks for names of beans. */
  private static void pack(Path folder, Path jar) {
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    String[] made = {"--create", "--file", jar.toString(), "-C", folder.toString(), "."};
    assertEquals(0, tool.run(System.out, System.err, made));
  }

  /** A jar that only names the class path of this test. */
  private static void writeJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Name.CLASS_PATH,
            Arrays.stream(ChildProcess.classPath().split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.finish();
    }
  }
}
