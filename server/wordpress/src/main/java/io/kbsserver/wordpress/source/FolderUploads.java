package io.kbsserver.wordpress.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Uploads in a folder. */
public final class FolderUploads implements Uploads {

  private final Path folder;

  /** Those in the folder at this path. */
  public FolderUploads(Path path) throws IOException {
    this.folder = path.toRealPath();
  }

  @Override
  public boolean hasFolder(String name) {
    return Files.isDirectory(folder.resolve(name));
  }

  @Override
  public Found look(String root, String name) throws IOException {
    Path kept = folder.resolve(root);
    Path path = kept.resolve(name).normalize();
    if (!path.startsWith(kept) || path.equals(kept)) {
      return new Found.Nothing(name + " is not in the folder, but elsewhere");
    }
    Path real = path.toRealPath();
    if (!real.startsWith(folder) || !real.startsWith(kept.toRealPath())) {
      return new Found.Nothing(name + " leads out of the folder, as a symbolic link");
    }
    if (!Files.isRegularFile(real)) {
      return new Found.Nothing(name + " is " + (Files.isDirectory(real) ? "a folder" : "no file"));
    }
    if (!Files.isReadable(real)) {
      return new Found.Nothing(name + " may not be read by this user");
    }
    BasicFileAttributes now = Files.readAttributes(real, BasicFileAttributes.class);
    return new Found.Upload(
        name, now.size(), now.lastModifiedTime().toInstant(), () -> Files.newInputStream(real));
  }

  @Override
  public String describe(String root) {
    return folder.resolve(root).toString();
  }
}
