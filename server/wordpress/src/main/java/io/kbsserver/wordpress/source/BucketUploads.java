package io.kbsserver.wordpress.source;

import io.kbsserver.files.s3.Bucket;
import io.kbsserver.files.s3.Bucket.Entry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * Uploads in an S3-compatible store.
 *
 * @param bucket has the objects that are called as files in the folder of uploads
 */
public record BucketUploads(Bucket bucket) implements Uploads {

  @Override
  public boolean hasFolder(String name) throws IOException {
    return bucket.hasAny(name.isEmpty() ? "" : name + '/');
  }

  @Override
  public Found look(String root, String name) throws IOException {
    if (name.isEmpty() || name.startsWith("/") || List.of(name.split("/")).contains("..")) {
      return new Found.Nothing(name + " is not in the folder, but elsewhere");
    }
    Entry found = bucket.find(root + name).orElseThrow(() -> new NoSuchFileException(name));
    return new Found.Upload(
        name, found.size(), found.modified(), () -> bucket.read(found.name(), 0));
  }

  @Override
  public String describe(String root) {
    return (bucket.address() + "/" + root).replaceFirst("/$", "");
  }
}
