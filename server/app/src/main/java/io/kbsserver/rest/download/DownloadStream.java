package io.kbsserver.rest.download;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of a download, opened by the first who reads, and no more than were announced. */
final class DownloadStream extends InputStream {

  private final DownloadBody body;
  private long left;
  private @Nullable InputStream opened;

  DownloadStream(DownloadBody body) {
    this.body = body;
    this.left = body.length();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left == 0 || length == 0) {
      return length == 0 ? 0 : -1;
    }
    InputStream in = opened;
    if (in == null) {
      in = body.source().open();
      opened = in;
    }
    int count = in.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      // The client would take what there was for all.
      throw new EOFException("A file is shorter than it was: " + left + " bytes are missing");
    }
    left -= count;
    return count;
  }

  @Override
  public void close() throws IOException {
    if (opened != null) {
      opened.close();
    }
  }
}
