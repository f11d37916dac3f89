package io.kbsserver.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Where the bytes of files are kept: each content once, under the SHA-256 digest of it. Which rows
 * refer to a content, the store does not know; it is told when it {@linkplain #sweep sweeps}.
 */
public sealed interface FileStore permits FolderStore, BucketStore {

  /**
   * Takes a content from a stream, which stays open, and finds out what it is. It is not in the
   * store before it is {@linkplain IncomingFile#keep kept}; where the stream fails, nothing is left
   * of it.
   *
   * @param name what the file is called, which may tell apart what begins alike
   */
  IncomingFile receive(InputStream content, String name) throws IOException;

  /**
   * Reads a part of a content.
   *
   * @param from how many bytes are left out
   * @throws NoSuchFileException where there is no such content
   */
  InputStream open(String sha256, long from) throws IOException;

  /** Whether there is such a content. */
  boolean has(String sha256) throws IOException;

  /** The digests of all contents, those included that will soon be swept. */
  Set<String> all() throws IOException;

  /**
   * Makes this the store of a database, unless it is that of another: a copy of a database, which
   * names the same store, must not delete what the other needs.
   *
   * @param database where the database is, in words
   * @return whether it is its store
   */
  boolean claim(String database) throws IOException;

  /** Fails where the store does not answer. */
  void check() throws IOException;

  /**
   * Deletes what nothing refers to, and what is left of writes that were cut off; never what has
   * come since, so that a row may follow its content.
   *
   * @param before what has come later stays
   * @param referred gives those of some digests that rows refer to
   * @return how many contents it has deleted
   */
  int sweep(Instant before, UnaryOperator<Collection<String>> referred) throws IOException;
}
