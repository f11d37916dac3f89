package io.kbsserver.files;

import io.kbsserver.refusal.Unavailable;
import io.kbsserver.storage.StartupFailure;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bytes of files for those who download them; what is wrong with the store is not told. */
@Singleton
class FileContents {

  private static final Logger LOG = LoggerFactory.getLogger(FileContents.class);

  private final FileWatch watch;

  FileContents(FileWatch watch) {
    this.watch = watch;
  }

  /** Whether they are here. */
  boolean has(StoredFile file) {
    try {
      boolean here = watch.store().has(file.sha256());
      if (!here) {
        LOG.error("The bytes of a file are gone: {}", file.sha256());
      }
      return here;
    } catch (IOException | StartupFailure e) {
      watch.met(e);
      LOG.error("Files cannot be read: {}", e.getMessage());
      throw Unavailable.files();
    }
  }

  /** Reads them from a place on. */
  InputStream open(StoredFile file, long first) throws IOException {
    try {
      return watch.store().open(file.sha256(), first);
    } catch (IOException e) {
      watch.met(e);
      throw e;
    }
  }
}
