package io.kbsserver.files;

import io.kbsserver.storage.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Stores in folders.
 *
 * @param folder has that of each store
 */
public record FolderLocation(Path folder, Clock clock) implements StoreLocation {

  @Override
  public boolean has(String id) {
    return Files.isDirectory(folder.resolve(id));
  }

  @Override
  public FileStore open(String id) throws IOException {
    return new FolderStore(folder.resolve(id), clock);
  }

  @Override
  public void delete(String id) throws IOException {
    Folders.delete(folder.resolve(id));
  }

  @Override
  public String describe(String id) {
    return folder.resolve(id).toString();
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
