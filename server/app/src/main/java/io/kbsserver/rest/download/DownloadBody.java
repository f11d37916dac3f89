package io.kbsserver.rest.download;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an answer, which are read while they are sent.
 *
 * @param length how many there are
 * @param source where they come from
 * @param unread whether the length is all that is wanted of them
 */
public record DownloadBody(long length, Source source, boolean unread) {

  DownloadBody(long length, Source source) {
    this(length, source, false);
  }

  /** Opens the bytes when somebody is there to read them. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }
}
