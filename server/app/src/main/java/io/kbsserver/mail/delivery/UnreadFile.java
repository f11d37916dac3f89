package io.kbsserver.mail.delivery;

import java.io.IOException;

/** A file of a mail cannot be read, which is nothing that the SMTP server did. */
final class UnreadFile extends IOException {

  private static final long serialVersionUID = 1L;

  UnreadFile(IOException cause) {
    super(cause);
  }
}
