package io.kbsserver.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that came with a request and are taken. They are received before the transaction that
 * writes their rows; what was not kept in it is deleted when they are closed.
 */
public final class NewFiles implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NewFiles.class);

  private final List<NewFile> files = new ArrayList<>();
  private final Set<String> changed = new LinkedHashSet<>();

  /** None yet. */
  public NewFiles() {}

  /** One of them. */
  static final class NewFile {

    private final String name;
    private final IncomingFile content;
    private boolean kept;

    NewFile(String name, IncomingFile content) {
      this.name = name;
      this.content = content;
    }

    String name() {
      return name;
    }

    StoredFile stored() {
      return content.file();
    }

    /** Puts it into the store; a transaction that is tried again finds it there. */
    void keep() {
      if (kept) {
        return;
      }
      try {
        content.keep();
        kept = true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  void add(NewFile file) {
    files.add(file);
  }

  /** The file of this parameter is not called as it was sent. */
  void addChanged(String parameter) {
    changed.add(parameter);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return files.isEmpty();
  }

  List<NewFile> all() {
    return files;
  }

  /** The parameters whose files are called otherwise than they were sent. */
  public Set<String> changed() {
    return changed;
  }

  @Override
  public void close() {
    for (NewFile file : files) {
      try {
        file.content.close();
      } catch (IOException e) {
        // It is swept.
        LOG.warn("What was received of a file cannot be deleted: {}", e.toString());
      }
    }
  }
}
