package io.kbsserver.access;

/** An account cannot be changed as asked; the message says why, for a person. */
public class AccountException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public AccountException(String message) {
    super(message);
  }
}
