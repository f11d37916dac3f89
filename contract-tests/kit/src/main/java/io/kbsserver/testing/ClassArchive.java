package io.kbsserver.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The classes of a program that tests start many times, as its JVM wants them in memory (class data
 * sharing): so it starts with three fifths of the work. A first run leaves them behind, and all
 * JVMs that share a module's tests use them.
 *
 * @param classPath jars first, of which alone an archive may be made, and folders of tests last
 * @param file the archive; where a first run left none, it is not there
 */
record ClassArchive(String classPath, Path file) {

  /** What is run once, as "main class, arguments", and until which line. */
  private static final String RUN = System.getProperty("class.archive.run", "");

  private static final String READY = System.getProperty("class.archive.ready", "");
  private static final Path FOLDER = Path.of("target", "class-archive").toAbsolutePath();
  private static ClassArchive made;

  /** The options for a JVM that runs this class on this class path. */
  static List<String> options(String main, String classPath) {
    if (!RUN.startsWith(main + " ") || !classPath.equals(ChildProcess.classPath())) {
      return List.of("-cp", classPath);
    }
    ClassArchive archive = get(classPath);
    return Files.exists(archive.file)
        ? List.of(
            "-XX:SharedArchiveFile=" + archive.file, "-Xlog:cds*=off", "-cp", archive.classPath)
        : List.of("-cp", classPath);
  }

  private static synchronized ClassArchive get(String classPath) {
    if (made == null) {
      try {
        Files.createDirectories(FOLDER);
        // One of the JVMs makes it, the others wait.
        try (FileChannel channel =
            FileChannel.open(
                FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
          // Closing gives it back.
          channel.lock();
          made = of(classPath);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return made;
  }

  private static ClassArchive of(String classPath) throws IOException, InterruptedException {
    List<Path> jars = new ArrayList<>();
    List<Path> classes = new ArrayList<>();
    List<Path> tests = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isRegularFile(path)) {
        jars.add(path);
      } else if (Files.isDirectory(path)) {
        (path.endsWith("test-classes") ? tests : classes).add(path);
      }
    }
    Path folder = FOLDER.resolve(state(jars, classes));
    Path file = folder.resolve("classes.jsa");
    boolean there = Files.isDirectory(folder);
    Files.createDirectories(folder);
    for (int i = 0; i < classes.size(); i++) {
      Path jar = folder.resolve(i + ".jar");
      if (!there) {
        pack(classes.get(i), jar);
      }
      jars.add(i, jar);
    }
    String packed = joined(jars);
    if (!there) {
      Path unfinished = folder.resolve("unfinished.jsa");
      List<String> command = new ArrayList<>(List.of("-XX:ArchiveClassesAtExit=" + unfinished));
      command.addAll(List.of("-cp", packed));
      command.addAll(List.of(RUN.split(" ")));
      try (ChildProcess first = ChildProcess.launch(List.of(), Map.of(), command)) {
        first.awaitLine(READY);
        first.terminate();
        first.exitCode();
      }
      if (Files.exists(unfinished)) {
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    jars.addAll(tests);
    return new ClassArchive(joined(jars), file);
  }

  private static String joined(List<Path> paths) {
    return String.join(File.pathSeparator, paths.stream().map(Path::toString).toList());
  }

  /** A name that changes with whatever is in these. */
  private static String state(List<Path> jars, List<Path> classes) throws IOException {
    StringBuilder state = new StringBuilder(System.getProperty("java.home"));
    List<Path> files = new ArrayList<>(jars);
    for (Path folder : classes) {
      files.addAll(files(folder));
    }
    for (Path file : files) {
      state.append(file).append(Files.size(file)).append(Files.getLastModifiedTime(file));
    }
    return UUID.nameUUIDFromBytes(state.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void pack(Path folder, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted().skip(1).toList()) {
        String name = folder.relativize(entry).toString().replace('\\', '/');
        // Folders as well: Micronaut looks for what is in some of them.
        boolean directory = Files.isDirectory(entry);
        out.putNextEntry(new JarEntry(directory ? name + "/" : name));
        if (!directory) {
          Files.copy(entry, out);
        }
      }
    }
  }
}
