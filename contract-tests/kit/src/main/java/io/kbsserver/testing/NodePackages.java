package io.kbsserver.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder below {@code src/test} that runs on Node.js, beside the packages that it needs. */
public final class NodePackages {

  private static final Path LOCK = Path.of("package-lock.json");
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "code (EAI_\\w+|ENOTFOUND|ECONN\\w+|E\\w*TIMEDOUT|ERR_SOCKET_TIMEOUT|E(NET|HOST)UNREACH"
              + "|E(401|403|407|429|5\\d\\d)|\\w*CERT\\w*)");

  private final Path source;
  private final Path target;
  // npm writes it when everything is in place.
  private final Path installed;
  private final Version oldestNode;

  public NodePackages(String folder, String oldestNode) {
    this.source = Path.of("src", "test", folder);
    this.target = Path.of("target", folder);
    this.installed = target.resolve("node_modules/.package-lock.json");
    this.oldestNode = Version.parse(oldestNode);
  }

  /** Where the folder is written. */
  public Path source() {
    return source;
  }

  /** Where it runs. */
  public Path target() {
    return target;
  }

  /**
   * Installs the packages below {@code target}, unless they are there.
   *
   * @return why this machine cannot run the scripts; nothing where it can
   */
  public Optional<String> install() throws IOException {
    Files.createDirectories(target);
    // Classes that share a folder may run at the same time, each in a JVM of its own.
    try (FileChannel lock =
        FileChannel.open(
            target.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      return installAlone();
    }
  }

  private Optional<String> installAlone() throws IOException {
    Optional<String> obstacle = missingNode();
    if (obstacle.isPresent()) {
      return obstacle;
    }
    boolean same =
        Files.exists(installed) && Files.mismatch(source.resolve(LOCK), target.resolve(LOCK)) < 0;
    if (!same) {
      Files.deleteIfExists(installed);
    }
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return same ? Optional.empty() : fetchPackages();
  }

  /** Runs a program of the packages. */
  public Program run(Map<String, String> environment, List<String> command) {
    return Program.run(target, environment, PATIENCE, command);
  }

  private Optional<String> missingNode() {
    Program node = Program.run(target, Map.of(), PATIENCE, List.of("node", "--version"));
    if (!node.succeeded()) {
      return Optional.of("there is no node here");
    }
    boolean old = Version.parse(node.output().substring(1)).compareTo(oldestNode) < 0;
    return old
        ? Optional.of("node is %s, and has to be %s or newer".formatted(node.output(), oldestNode))
        : Optional.empty();
  }

  private Optional<String> fetchPackages() {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    List<String> command =
        List.of(
            windows ? "npm.cmd" : "npm",
            "ci",
            "--ignore-scripts",
            "--prefer-offline",
            "--fetch-retries=1",
            "--fetch-retry-mintimeout=1000",
            "--fetch-timeout=30000");
    Program npm = Program.run(target, Map.of(), PATIENCE, command);
    if (npm.status() < 0) {
      return Optional.of("there is no npm here, or it does not end");
    }
    if (UNREACHABLE.matcher(npm.output()).find()) {
      return Optional.of("npm cannot fetch their packages\n" + npm.output());
    }
    assertTrue(npm.succeeded(), npm::output);
    return Optional.empty();
  }
}
