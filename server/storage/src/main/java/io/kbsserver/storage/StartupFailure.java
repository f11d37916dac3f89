package io.kbsserver.storage;

import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/**
 * Something outside the program keeps it from running: a wrong setting, an unreachable database or
 * one that cannot be migrated, a folder in use. The message is one line for the person at the
 * terminal; it names the setting and never holds a password.
 */
public class StartupFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure with nothing more to say than the message. */
  public StartupFailure(String message) {
    super(message);
  }

  /** Why the database cannot be brought up to date, where that is what an error comes from. */
  public static Optional<StartupFailure> ofMigration(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof FlywayException) {
        return Optional.of(
            new StartupFailure(
                "The database cannot be brought up to date: " + oneLine(cause), cause));
      }
    }
    return Optional.empty();
  }

  /** What an error says, in one line. */
  public static String oneLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return String.join(
        "; ", message.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
  }

  /** A failure with its cause, which is shown at log level DEBUG only. */
  public StartupFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
