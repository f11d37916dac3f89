package io.kbsserver.files;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of a ticket.
 *
 * @param title what it was called by whoever sent it
 * @param path where WordPress had it; null where it was sent here
 * @param content null where its bytes are not here
 */
record FileRow(String title, @Nullable String path, @Nullable StoredFile content) {

  /** What to call it: titles in WordPress have no ending, and its paths no umlauts. */
  String name() {
    String kept = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
    String ending = kept.contains(".") ? kept.substring(kept.lastIndexOf('.')) : "";
    boolean whole = title.toLowerCase(Locale.ROOT).endsWith(ending.toLowerCase(Locale.ROOT));
    return title.isBlank() ? kept : whole ? title : title + ending;
  }
}
