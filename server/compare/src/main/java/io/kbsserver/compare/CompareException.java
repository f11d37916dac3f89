package io.kbsserver.compare;

/** Sites cannot be compared; the message is one line for a person and holds no password. */
public class CompareException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CompareException(String message) {
    super(message);
  }

  CompareException(String message, Throwable cause) {
    super(message, cause);
  }
}
