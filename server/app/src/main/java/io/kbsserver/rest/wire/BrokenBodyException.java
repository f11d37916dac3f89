package io.kbsserver.rest.wire;

import java.io.IOException;

/** Says that the rest of a body cannot be told from what follows it. */
public final class BrokenBodyException extends IOException {

  private static final long serialVersionUID = 1L;

  BrokenBodyException() {
    // Micronaut takes it by these words for the client's fault where nobody reads the body.
    super("The body is malformed, connection closed");
  }
}
