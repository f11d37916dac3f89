package io.kbsserver.wordpress.report;

/** The import cannot start or go on. The message is one sentence for the person who started it. */
public class ImportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a sentence for the user. */
  public ImportException(String message) {
    super(message);
  }

  /** With a sentence for the user and the cause for the log. */
  public ImportException(String message, Throwable cause) {
    super(message, cause);
  }
}
