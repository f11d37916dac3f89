package io.kbsserver.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.ListContainerOptions;

/**
 * An S3-compatible store in memory, one for all tests of a JVM: S3Proxy, which asks for signed
 * requests. Each test has a bucket of its own.
 */
public final class TestObjectStore {

  /** Who may use it. */
  public static final String ACCESS_KEY = "test-access-key";

  /** The secret of the access key. */
  public static final String SECRET_KEY = "test-secret-key-that-no-log-shows";

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static TestObjectStore store;

  private final BlobStore blobs;
  private final S3Proxy proxy;

  private TestObjectStore() {
    this.blobs =
        ContextBuilder.newBuilder(new TransientApiMetadata())
            .credentials("identity", "credential")
            .build(BlobStoreContext.class)
            .getBlobStore();
    this.proxy =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new IllegalStateException("The store for tests does not start", e);
    }
  }

  /** The store, which is started by the first who asks for it. */
  public static synchronized TestObjectStore get() {
    if (store == null) {
      store = new TestObjectStore();
    }
    return store;
  }

  /** Makes an empty bucket, and gives its name. */
  public String createBucket() {
    String name = "bucket-" + NAMES.incrementAndGet();
    blobs.createContainerInLocation(null, name);
    return name;
  }

  /** What is in a bucket. */
  public List<String> keys(String bucket) {
    return blobs.list(bucket, ListContainerOptions.Builder.recursive()).stream()
        .map(StorageMetadata::getName)
        .sorted()
        .toList();
  }

  /** Writes an object past the server. */
  public void write(String bucket, String key, byte[] content) {
    blobs.putBlob(
        bucket, blobs.blobBuilder(key).payload(content).contentLength(content.length).build());
  }

  /** Loses an object. */
  public void delete(String bucket, String key) {
    blobs.removeBlob(bucket, key);
  }

  /** How many uploads in parts were begun and not ended. */
  public int begunParts(String bucket) {
    return blobs.listMultipartUploads(bucket).size();
  }

  /** The properties of a server that keeps files in a bucket, which it reaches by this port. */
  public static Map<String, Object> properties(String bucket, int port) {
    return Map.of(
        "kbs.files.url",
        "s3://" + bucket + "/help/desk",
        "kbs.files.endpoint",
        "http://127.0.0.1:" + port,
        "kbs.files.access-key",
        ACCESS_KEY,
        "kbs.files.secret-key",
        SECRET_KEY);
  }

  /** The environment of commands that keep files in a bucket. */
  public static Map<String, String> environment(String bucket, Path secretIn) throws IOException {
    return Map.of(
        "KBS_FILES_URL",
        "s3://" + bucket + "/help/desk",
        "KBS_FILES_ENDPOINT",
        get().endpoint(),
        "KBS_FILES_ACCESS_KEY",
        ACCESS_KEY,
        "KBS_FILES_SECRET_KEY_FILE",
        Files.writeString(secretIn.resolve("secret-key"), SECRET_KEY + "\n").toString());
  }

  public int port() {
    return proxy.getPort();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port();
  }
}
