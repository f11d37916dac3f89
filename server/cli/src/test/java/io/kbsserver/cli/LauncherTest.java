package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.testing.ChildProcess;
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
import java.util.Arrays;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
    String url = TestDatabase.get().createSchema("launcher");
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", COMMAND, script.toString(), "jurgen");
    builder.environment().keySet().removeIf(name -> name.matches("KBS_.*|LC_.*|LANG"));
    builder.environment().putAll(CommandLineRun.environment(url));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LC_ALL", locale);
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
