package io.kbsserver.mail.incoming;

import java.io.IOException;
import java.io.InputStream;

/**
 * A mail as it comes from the mailbox: so many bytes at most, and for so long. It knows whether it
 * was the mailbox that failed, or what reads.
 */
final class BoundedStream extends Readable {

  private final long end;
  private final long size;
  private long count;
  private long left;
  private boolean exceeded;
  private boolean brokenOff;

  /**
   * @param size as the mailbox says, which may not be exact
   */
  BoundedStream(InputStream in, long size, long most, long end) {
    super(in);
    this.size = size;
    this.left = most;
    this.end = end;
  }

  /** Whether the mailbox has failed. */
  boolean isBroken() {
    return brokenOff || failure() != null;
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
    if (read < 0 && count < size && count % Mailbox.BYTES_AT_ONCE == 0) {
      // A piece that is refused looks like the end.
      brokenOff = true;
      throw new IOException("A mail ends before its end");
    }
    count += Math.max(0, read);
    left -= Math.max(0, read);
    return read;
  }
}
