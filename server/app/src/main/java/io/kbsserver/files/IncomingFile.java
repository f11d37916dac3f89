package io.kbsserver.files;

import java.io.IOException;

/**
 * A content that has been received and is not in the store yet. The way of a write: receive it,
 * begin a transaction, write the row, keep the content, commit. What was not kept is deleted when
 * it is closed; what was, and got no row in the end, is swept.
 */
public interface IncomingFile extends AutoCloseable {

  /** What was received. */
  StoredFile file();

  /** Puts it into the store, for good when this returns; for a content that is there it is new. */
  void keep() throws IOException;

  @Override
  void close() throws IOException;
}
