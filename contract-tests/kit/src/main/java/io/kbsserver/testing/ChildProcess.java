package io.kbsserver.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM of its own with the tests' class path, for what has to be killed or told to stop. */
public final class ChildProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final List<String> output = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final List<Thread> collectors;

  private ChildProcess(Process process) {
    this.process = process;
    this.collectors =
        List.of(
            collect(process.getInputStream(), output), collect(process.getErrorStream(), errors));
  }

  /** Starts a main class; the environment holds no KBS settings but those given. */
  public static ChildProcess start(
      Class<?> main, String classPath, Map<String, String> environment, String... args) {
    return startBy(List.of(), main, classPath, environment, args);
  }

  /** The same by another program, to whose arguments the command is added. */
  public static ChildProcess startBy(
      List<String> by,
      Class<?> main,
      String classPath,
      Map<String, String> environment,
      String... args) {
    List<String> command = new ArrayList<>(ClassArchive.options(main.getName(), classPath));
    command.add(main.getName());
    command.addAll(List.of(args));
    return launch(by, environment, command);
  }

  /** Starts a JVM with these arguments. */
  static ChildProcess launch(
      List<String> by, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>(by);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(arguments);
    return run(command, environment);
  }

  /** Starts any program; the environment holds no KBS settings but those given. */
  public static ChildProcess run(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("KBS_"));
    builder.environment().putAll(environment);
    try {
      return new ChildProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The class path of this JVM. */
  public static String classPath() {
    return System.getProperty("java.class.path");
  }

  /** Waits for a line of standard output that contains a text. */
  public String awaitLine(String text) throws InterruptedException {
    return await(text, output);
  }

  /** Waits for a line of standard error that contains a text. */
  public String awaitError(String text) throws InterruptedException {
    return await(text, errors);
  }

  private String await(String text, List<String> lines) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      for (String line : lines(lines)) {
        if (line.contains(text)) {
          return line;
        }
      }
      if (!process.isAlive()) {
        awaitLastLines();
        if (lines(lines).stream().noneMatch(line -> line.contains(text))) {
          break;
        }
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("No line with " + text + " in " + output() + "\n" + errors());
  }

  /** Waits for the end and gives the exit code. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("Still running: " + output() + "\n" + errors());
    }
    awaitLastLines();
    return process.exitValue();
  }

  /** What it wrote is read by others; a child of its own may hold the pipes for longer. */
  private void awaitLastLines() throws InterruptedException {
    for (Thread collector : collectors) {
      collector.join(TimeUnit.SECONDS.toMillis(10));
    }
  }

  /**
   * Whether SIGINT does nothing to this process, nor to those that it starts: so it is in the
   * background of a shell script. Only Linux tells.
   */
  public static boolean ignoresInterrupts() {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to stop, as SIGTERM; what it has to say then is still read. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Ends it at once, as SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its process id. */
  public long id() {
    return process.pid();
  }

  /** Standard output so far. */
  public String output() {
    return String.join("\n", lines(output));
  }

  /** Standard error so far. */
  public String errors() {
    return String.join("\n", lines(errors));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> lines(List<String> lines) {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  private static Thread collect(InputStream stream, List<String> lines) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                String line = reader.readLine();
                while (line != null) {
                  synchronized (lines) {
                    lines.add(line);
                  }
                  line = reader.readLine();
                }
              } catch (IOException e) {
                // The process is gone.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
