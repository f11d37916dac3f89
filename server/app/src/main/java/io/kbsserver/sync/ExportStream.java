package io.kbsserver.sync;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** An export as bytes, which are made as they are read: what comes later is not there yet. */
final class ExportStream extends InputStream {

  private final Iterator<List<?>> things;
  private final Function<List<?>, Iterator<InputStream>> written;
  private InputStream piece;
  private Iterator<InputStream> pieces = Collections.emptyIterator();
  private Iterator<InputStream> end;

  /**
   * With something before and behind it.
   *
   * @param written makes pieces of some things, each when it is asked for
   */
  ExportStream(
      InputStream start,
      Iterator<List<?>> things,
      Function<List<?>, Iterator<InputStream>> written,
      InputStream end) {
    this.piece = start;
    this.things = things;
    this.written = written;
    this.end = List.of(end).iterator();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = piece.read(target, offset, length);
    while (count < 0 && nextPiece()) {
      count = piece.read(target, offset, length);
    }
    return count;
  }

  /** Anything but this exception would leave the client waiting. */
  private boolean nextPiece() throws IOException {
    try {
      while (!pieces.hasNext() && things.hasNext()) {
        pieces = written.apply(things.next());
      }
      if (!pieces.hasNext()) {
        pieces = end;
        end = Collections.emptyIterator();
      }
      if (!pieces.hasNext()) {
        return false;
      }
      piece = pieces.next();
      return true;
    } catch (RuntimeException e) {
      throw new IOException("An export ends before its end", e);
    }
  }
}
