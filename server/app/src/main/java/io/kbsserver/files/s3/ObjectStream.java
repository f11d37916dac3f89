package io.kbsserver.files.s3;

import io.kbsserver.storage.StartupFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of an object. Stores cut off who reads slowly, as a download may be read: it goes on
 * with another connection, unless that one gives nothing at all.
 */
final class ObjectStream extends InputStream {

  /** Opens an object at a place. */
  @FunctionalInterface
  interface Source {
    ResponseInputStream<GetObjectResponse> at(long position) throws IOException;
  }

  private final Source source;
  private ResponseInputStream<GetObjectResponse> opened;
  private final long end;
  private long position;
  private boolean given;

  ObjectStream(long from, Source source) throws IOException {
    this.source = source;
    this.position = from;
    this.opened = source.at(from);
    this.end = from + opened.response().contentLength();
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
        if (count < 0 && position < end) {
          // Java's client takes it for the end.
          throw new EOFException((end - position) + " bytes are missing");
        }
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
    if (position == end) {
      opened.close();
    } else {
      opened.abort();
    }
  }
}
