package io.kbsserver.mail.incoming;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A mail as it comes from the mailbox: so many bytes at most, and for so long. It knows whether it
 * was the mailbox that failed, or what reads.
 */
final class BoundedStream extends FilterInputStream {

  private final long end;
  private long left;
  private boolean broken;
  private boolean exceeded;

  BoundedStream(InputStream in, long most, long end) {
    super(in);
    this.left = most;
    this.end = end;
  }

  /** Whether the mailbox has failed. */
  boolean isBroken() {
    return broken;
  }

  /** Whether there was more than there may be, or it took too long. */
  boolean isExceeded() {
    return exceeded;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (System.nanoTime() > end || left < 0) {
      exceeded = true;
      throw new IOException("A mail is too large, or takes too long");
    }
    int read;
    try {
      read = super.read(buffer, offset, length);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
    left -= Math.max(0, read);
    return read;
  }
}
