package io.kbsserver.wordpress.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;

/** Where the uploads of a WordPress are, outside of which nothing is ever found. */
public sealed interface Uploads permits FolderUploads, BucketUploads {

  /** What was looked for. */
  sealed interface Found {

    /**
     * It is there.
     *
     * @param size in bytes
     * @param modified when it was written
     */
    record Upload(String name, long size, Instant modified, Content content) implements Found {}

    /** It is not, or may not be taken. */
    record Nothing(String why) implements Found {}
  }

  /** The bytes of a file. */
  @FunctionalInterface
  interface Content {
    InputStream open() throws IOException;
  }

  /** Whether there is such a folder in it. */
  boolean hasFolder(String name) throws IOException;

  /**
   * Looks at a file.
   *
   * @param root what is not left; empty, or it ends with a slash
   * @throws NoSuchFileException where nothing is called so
   */
  Found look(String root, String name) throws IOException;

  /** Where that is, in words. */
  String describe(String root);
}
