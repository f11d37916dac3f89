package io.kbsserver.files;

import org.jspecify.annotations.Nullable;

/**
 * A file of a ticket.
 *
 * @param title what it was called by whoever sent it
 * @param path where WordPress had it; null where it was sent here
 * @param content null where its bytes are not here
 */
record FileRow(String title, @Nullable String path, @Nullable StoredFile content) {

  /** What to call it: the titles that WordPress gives have no ending. */
  String name() {
    return path == null ? title : path.substring(path.lastIndexOf('/') + 1);
  }
}
