package io.kbsserver.files.s3;

import java.io.IOException;

/** A store does not answer, or says that it cannot at the moment: later it may. */
public final class StoreAwayException extends IOException {

  private static final long serialVersionUID = 1L;

  StoreAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
