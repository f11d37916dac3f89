package io.kbsserver.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.TimeZone;

/** Starts the command line, {@code kbs-server}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    // All instants are UTC in the database. A zone with summer time would have hours that do not
    // exist, and JDBC's old date types shift times that fall into them.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    // The log begins with the first class that has one, so before the command line is there.
    Configuration.of(System.getenv()).ofTheLog().forEach(System::setProperty);
    Terminal terminal =
        new Terminal(
            System.getenv(),
            System.in,
            stream(FileDescriptor.out),
            stream(FileDescriptor.err),
            Boolean.getBoolean("kbs.terminal"),
            Integer.getInteger("kbs.columns", 0),
            Clock.systemUTC());
    Termination termination = Termination.watched();
    termination.exit(KbsServer.run(terminal, termination, args));
  }

  /** UTF-8 whatever the locale says, which in containers is mostly nothing. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
