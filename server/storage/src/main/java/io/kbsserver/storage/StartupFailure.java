package io.kbsserver.storage;

/**
 * Something outside the program keeps it from running: a wrong setting, an unreachable database, a
 * folder in use. The message is one line for the person at the terminal; it names the setting and
 * never holds a password.
 */
public class StartupFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure with nothing more to say than the message. */
  public StartupFailure(String message) {
    super(message);
  }

  /** A failure with its cause, which is shown at log level DEBUG only. */
  public StartupFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
