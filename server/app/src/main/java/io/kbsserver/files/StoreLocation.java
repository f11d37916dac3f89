package io.kbsserver.files;

import java.io.IOException;

/** Where stores are, those of several databases beside each other, each under a name. */
public sealed interface StoreLocation permits FolderLocation, BucketLocation {

  /** Whether there is a store of this name. */
  boolean has(String id) throws IOException;

  /** The store of this name, which is made if it is not there. */
  FileStore open(String id) throws IOException;

  /** Deletes the store of this name, and all that is in it. */
  void delete(String id) throws IOException;

  /** Where the store of this name is, in words. */
  String describe(String id);
}
