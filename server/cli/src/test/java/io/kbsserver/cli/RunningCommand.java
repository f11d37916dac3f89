package io.kbsserver.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command that runs inside this JVM until it is told to stop: what {@code serve} prints and where
 * it listens needs no process of its own, whose start takes as much as hundreds of requests.
 */
final class RunningCommand implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Thread command;
  private Integer exitCode;

  private RunningCommand(Map<String, String> environment, String... args) {
    Terminal terminal =
        new Terminal(
            environment,
            InputStream.nullInputStream(),
            told(out),
            told(err),
            false,
            0,
            Clock.systemUTC());
    command = new Thread(() -> run(terminal, args), String.join(" ", args));
    command.setDaemon(true);
  }

  /** Starts a command with these environment variables and no others. */
  static RunningCommand start(Map<String, String> environment, String... args) {
    RunningCommand running = new RunningCommand(environment, args);
    running.command.start();
    return running;
  }

  /** Whoever waits for a line looks again after each. */
  private PrintStream told(ByteArrayOutputStream written) {
    return new PrintStream(written, true, StandardCharsets.UTF_8) {
      @Override
      public void write(byte[] bytes, int offset, int length) {
        synchronized (RunningCommand.this) {
          super.write(bytes, offset, length);
          RunningCommand.this.notifyAll();
        }
      }
    };
  }

  /** An error ends it as well, and is to be read where the command prints what went wrong. */
  private void run(Terminal terminal, String... args) {
    int code = 1;
    try {
      code = KbsServer.run(terminal, Termination.unwatched(), args);
    } catch (Throwable e) {
      e.printStackTrace(terminal.err());
    } finally {
      ended(code);
    }
  }

  private synchronized void ended(int code) {
    exitCode = code;
    notifyAll();
  }

  /** Waits for a line of standard output that contains a text. */
  synchronized String awaitLine(String text) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      String written = output();
      for (String line : written.substring(0, written.lastIndexOf('\n') + 1).split("\n")) {
        if (line.contains(text)) {
          return line;
        }
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (exitCode != null || left <= 0) {
        throw new AssertionError("No line with " + text + " in " + output() + "\n" + errors());
      }
      wait(left);
    }
  }

  /** Tells it to stop, in order, and gives what the process would have ended with. */
  int stopped() throws InterruptedException {
    command.interrupt();
    command.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    synchronized (this) {
      if (command.isAlive()) {
        throw new AssertionError("Still running: " + output() + "\n" + errors());
      }
      return exitCode;
    }
  }

  /** Standard output so far. */
  synchronized String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Standard error so far. */
  synchronized String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      stopped();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
