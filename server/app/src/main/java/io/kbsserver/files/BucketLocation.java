package io.kbsserver.files;

import io.kbsserver.files.s3.Bucket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores in a bucket of an S3-compatible store.
 *
 * @param bucket has what is below the name of each store
 */
public record BucketLocation(Bucket bucket) implements StoreLocation {

  @Override
  public boolean has(String id) throws IOException {
    return bucket.hasAny(id + '/');
  }

  /** What is in no folder needs something to be there. */
  @Override
  public FileStore open(String id) throws IOException {
    if (!has(id)) {
      bucket.write(
          id + "/store", new ByteArrayInputStream("KBS Server".getBytes(StandardCharsets.UTF_8)));
    }
    return new BucketStore(bucket.below(id));
  }

  @Override
  public void delete(String id) throws IOException {
    List<String> names = new ArrayList<>();
    bucket.list(id + '/', entry -> names.add(entry.name()));
    for (String name : names) {
      bucket.delete(name);
    }
  }

  @Override
  public String describe(String id) {
    return this + "/" + id;
  }

  @Override
  public String toString() {
    return bucket.address().toString();
  }
}
