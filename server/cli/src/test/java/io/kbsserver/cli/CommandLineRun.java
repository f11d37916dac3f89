package io.kbsserver.cli;

import io.kbsserver.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/**
 * A command that was run inside this JVM.
 *
 * @param exitCode what the process would have ended with
 * @param out standard output
 * @param err standard error
 */
public record CommandLineRun(int exitCode, String out, String err) {

  /** Runs a command with these environment variables and no others. */
  public static CommandLineRun of(Map<String, String> environment, String... args) {
    return reading("", environment, args);
  }

  /** The same with a text on standard input. */
  static CommandLineRun reading(String text, Map<String, String> environment, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CommandLineRun run = of(text, out, environment, args);
    return new CommandLineRun(run.exitCode(), out.toString(StandardCharsets.UTF_8), run.err());
  }

  /** The same where nobody takes what is printed. */
  static CommandLineRun unheard(Map<String, String> environment, String... args) {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int written) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    return of("", full, environment, args);
  }

  private static CommandLineRun of(
      String in, OutputStream out, Map<String, String> environment, String... args) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            environment,
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            0,
            Clock.systemUTC());
    int exitCode = KbsServer.run(terminal, Termination.unwatched(), args);
    return new CommandLineRun(exitCode, "", err.toString(StandardCharsets.UTF_8));
  }

  /** The environment of commands that work on a schema of the test database. */
  public static Map<String, String> environment(String url) {
    TestDatabase database = TestDatabase.get();
    return Map.of(
        "KBS_DATABASE_URL", url,
        "KBS_DATABASE_USER", database.user(),
        "KBS_DATABASE_PASSWORD", database.password());
  }
}
