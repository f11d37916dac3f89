package io.kbsserver.storage;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** With what files and folders are made that nobody else may read, where the system knows that. */
public final class OwnersOnly {

  /** Of a folder. */
  public static final FileAttribute<?>[] FOLDER = permissions("rwx------");

  /** Of a file. */
  public static final FileAttribute<?>[] FILE = permissions("rw-------");

  private OwnersOnly() {}

  private static FileAttribute<?>[] permissions(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
