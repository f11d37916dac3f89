package io.kbsserver.storage;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;

/**
 * Something outside the program keeps it from running: a wrong setting, an unreachable database or
 * one that cannot be migrated, a folder in use. The message is one line for the person at the
 * terminal; it names the setting and never holds a password.
 */
public class StartupFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final Pattern SCRIPT = Pattern.compile("V[0-9_]+__\\w+\\.sql");

  /**
   * Table, column, key, primary key or constraint exists; column or key does not, to be dropped.
   */
  private static final Set<Integer> ALREADY_DONE = Set.of(1050, 1060, 1061, 1068, 1091, 1826, 3822);

  /** A failure with nothing more to say than the message. */
  public StartupFailure(String message) {
    super(message);
  }

  /** Why the database cannot be brought up to date, where that is what an error comes from. */
  public static Optional<StartupFailure> ofMigration(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartupFailure failure) {
        return Optional.of(failure);
      }
      if (cause instanceof FlywayException) {
        Matcher half = SCRIPT.matcher(String.valueOf(cause.getMessage()));
        if (half.find() && meetsItself(cause)) {
          return Optional.of(SchemaCheck.interrupted(half.group()));
        }
        return Optional.of(
            new StartupFailure(
                "The database cannot be brought up to date: " + oneLine(cause), cause));
      }
    }
    return Optional.empty();
  }

  /** Whether a migration found what it makes made already, or what it takes away gone. */
  private static boolean meetsItself(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && ALREADY_DONE.contains(sql.getErrorCode())) {
        return true;
      }
    }
    return false;
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
