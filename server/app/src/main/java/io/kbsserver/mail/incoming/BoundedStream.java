package io.kbsserver.mail.incoming;

import java.io.IOException;
import java.io.InputStream;

/**
 * A mail as it comes from the mailbox: so many bytes at most, and for so long. It knows whether it
 * was the mailbox that failed, or what reads.
 */
final class BoundedStream extends Readable {

  private final long end;
  private long left;
  private boolean exceeded;

  BoundedStream(InputStream in, long most, long end) {
    super(in);
    this.left = most;
    this.end = end;
  }

  /** Whether the mailbox has failed. */
  boolean isBroken() {
    return failure() != null;
  }

  /** Whether there was more than there may be, or it took too long. */
  boolean isExceeded() {
    return exceeded;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (System.nanoTime() > end || left < 0) {
      exceeded = true;
      throw new IOException("A mail is too large, or takes too long");
    }
    int read = super.read(buffer, offset, length);
    left -= Math.max(0, read);
    return read;
  }
}
