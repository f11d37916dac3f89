package io.kbsserver.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of this machine that has ended.
 *
 * @param status what it ended with; -1 where it was too slow or does not exist
 * @param output what it wrote, errors included
 */
public record Program(int status, String output) {

  /** Runs one in a folder, with what is given added to the environment. */
  public static Program run(
      Path folder, Map<String, String> environment, Duration patience, List<String> command) {
    try {
      Path output = Files.createTempFile(folder, "output", ".txt");
      try {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        int status = status(builder, patience);
        return new Program(status, Files.readString(output).strip());
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int status(ProcessBuilder builder, Duration patience) {
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return -1;
    }
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Whether it ended well. */
  public boolean succeeded() {
    return status == 0;
  }
}
