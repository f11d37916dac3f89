package io.kbsserver.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What processes use, as Linux tells. */
record Processes(List<Long> ids) {

  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+)");

  /** What the JVM calls those of its threads that compile; there are more while there is more. */
  private static final Pattern COMPILER = Pattern.compile("C[12] Compiler");

  /** The time on a processor of each thread, in nanoseconds. */
  Map<Path, Long> used() throws IOException {
    Map<Path, Long> used = new HashMap<>();
    for (long id : ids) {
      try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(id), "task"))) {
        for (Path thread : threads.toList()) {
          try {
            String read = Files.readString(thread.resolve("schedstat"));
            used.put(thread, Long.valueOf(read.split(" ")[0]));
          } catch (NoSuchFileException e) {
            // It has just ended.
          }
        }
      }
    }
    return used;
  }

  /** What was used since then; threads that have ended since are left out. */
  long since(Map<Path, Long> before) throws IOException {
    long sum = 0;
    for (Map.Entry<Path, Long> thread : used().entrySet()) {
      sum += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
    }
    return sum;
  }

  /** The share that compilers of Java's have of a processor's time that was used since then. */
  double compiling(Map<Path, Long> before) throws IOException {
    long all = 0;
    long compilers = 0;
    for (Map.Entry<Path, Long> thread : used().entrySet()) {
      long spent = thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
      all += spent;
      if (isCompiler(thread.getKey())) {
        compilers += spent;
      }
    }
    return all == 0 ? 0 : (double) compilers / all;
  }

  private static boolean isCompiler(Path thread) throws IOException {
    try {
      return COMPILER.matcher(Files.readString(thread.resolve("comm"))).lookingAt();
    } catch (NoSuchFileException e) {
      // It has just ended.
      return false;
    }
  }

  /** Resident memory, in MB. */
  long megabytes() throws IOException {
    long kilobytes = 0;
    for (long id : ids) {
      Matcher matcher =
          RESIDENT.matcher(Files.readString(Path.of("/proc", String.valueOf(id), "status")));
      kilobytes += matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
    return kilobytes / 1024;
  }
}
