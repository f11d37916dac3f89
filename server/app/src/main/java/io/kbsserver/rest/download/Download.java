package io.kbsserver.rest.download;

import java.io.IOException;
import java.io.InputStream;

/**
 * What may be downloaded.
 *
 * @param tag names this content and no other
 * @param size in bytes
 * @param type its media type, which browsers are told
 * @param name what a client may call it when it keeps it
 * @param content the bytes
 */
public record Download(String tag, long size, String type, String name, Content content) {

  /** Bytes that can be read from any place on. */
  @FunctionalInterface
  public interface Content {
    InputStream from(long first) throws IOException;
  }
}
