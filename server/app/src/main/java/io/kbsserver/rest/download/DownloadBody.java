package io.kbsserver.rest.download;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an answer, which are read while they are sent.
 *
 * @param length how many there are
 * @param source where they come from
 */
public record DownloadBody(long length, Source source) {

  /** Opens the bytes when somebody is there to read them. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }
}
