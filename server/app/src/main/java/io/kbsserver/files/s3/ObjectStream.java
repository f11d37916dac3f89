package io.kbsserver.files.s3;

import io.kbsserver.storage.StartupFailure;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The bytes of an object. Stores cut off who reads slowly, as a download may be read: it goes on
 * with another connection, unless that one gives nothing at all.
 */
final class ObjectStream extends InputStream {

  /** Opens an object at a place. */
  @FunctionalInterface
  interface Source {
    ResponseInputStream<?> at(long position) throws IOException;
  }

  private final Source source;
  private ResponseInputStream<?> opened;
  private long position;
  private boolean given;
  private boolean ended;

  ObjectStream(long from, Source source) throws IOException {
    this.source = source;
    this.position = from;
    this.opened = source.at(from);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (true) {
      try {
        int count = opened.read(target, offset, length);
        ended = count < 0;
        position += Math.max(0, count);
        given |= count > 0;
        return count;
      } catch (IOException | SdkException e) {
        if (!given) {
          throw new StoreAwayException("the store breaks off: " + StartupFailure.oneLine(e), e);
        }
        opened.abort();
        opened = source.at(position);
        given = false;
      }
    }
  }

  /** What nobody has read is not fetched. */
  @Override
  public void close() throws IOException {
    if (ended) {
      opened.close();
    } else {
      opened.abort();
    }
  }
}
