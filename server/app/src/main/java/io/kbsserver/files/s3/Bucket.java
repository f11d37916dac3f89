package io.kbsserver.files.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects of an S3-compatible store whose keys begin with those of an address. What has more
 * than one part is sent in parts, so that no more than one of them is in memory, and a sending that
 * fails leaves nothing.
 */
public final class Bucket implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Bucket.class);

  /** Stores take no smaller ones, and 10,000 of them. */
  private static final int PART = 8 * 1024 * 1024;

  /** Some stores copy byte by byte before they answer. */
  private static final long COPIED_PART = 32L * 1024 * 1024;

  /** For a look at what is there somebody waits, and holds a place. */
  private static final Duration LOOK = Duration.ofSeconds(3);

  private final S3Client client;
  private final S3Address address;

  Bucket(S3Client client, S3Address address) {
    this.client = client;
    this.address = address;
  }

  /**
   * An object.
   *
   * @param name its key below the address
   * @param size in bytes
   * @param modified when it was written
   */
  public record Entry(String name, long size, Instant modified) {}

  /** What is done with each of several objects. */
  @FunctionalInterface
  public interface Visit {
    void of(Entry entry) throws IOException;
  }

  public S3Address address() {
    return address;
  }

  /** What is below a name, by the same connections. */
  public Bucket below(String name) {
    return new Bucket(client, address.below(name));
  }

  /** Looks for an object. */
  public Optional<Entry> find(String name) throws IOException {
    try {
      HeadObjectResponse head = head(name);
      return Optional.of(new Entry(name, head.contentLength(), head.lastModified()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private HeadObjectResponse head(String name) throws IOException {
    return StoreFailures.in(
        name,
        () ->
            client.headObject(
                head ->
                    head.bucket(address.bucket())
                        .key(key(name))
                        .overrideConfiguration(limit -> limit.apiCallTimeout(LOOK))));
  }

  /**
   * Reads an object from a place on.
   *
   * @throws NoSuchFileException where there is none
   */
  public InputStream read(String name, long from) throws IOException {
    return new ObjectStream(
        from,
        position ->
            StoreFailures.in(
                name,
                () ->
                    client.getObject(
                        get -> {
                          get.bucket(address.bucket()).key(key(name));
                          if (position > 0) {
                            get.range("bytes=" + position + '-');
                          }
                        })));
  }

  /** The objects whose names begin so. */
  public void list(String beginning, Visit visit) throws IOException {
    String next = null;
    do {
      String from = next;
      ListObjectsV2Response page =
          StoreFailures.in(
              beginning,
              () ->
                  client.listObjectsV2(
                      list ->
                          list.bucket(address.bucket())
                              .prefix(key(beginning))
                              .continuationToken(from)));
      for (S3Object found : page.contents()) {
        visit.of(new Entry(name(found.key()), found.size(), found.lastModified()));
      }
      next = page.nextContinuationToken();
    } while (next != null);
  }

  /** Whether there is an object whose name begins so. */
  public boolean hasAny(String beginning) throws IOException {
    return StoreFailures.in(
        beginning,
        () ->
            !client
                .listObjectsV2(
                    list ->
                        list.bucket(address.bucket())
                            .prefix(key(beginning))
                            .maxKeys(1)
                            .overrideConfiguration(limit -> limit.apiCallTimeout(LOOK)))
                .contents()
                .isEmpty());
  }

  /** Writes an object, of which nothing can be seen before all of it is there. */
  public void write(String name, InputStream content) throws IOException {
    byte[] part = content.readNBytes(PART);
    if (part.length < PART) {
      RequestBody body = body(part, part.length);
      StoreFailures.in(
          name, () -> client.putObject(put -> put.bucket(address.bucket()).key(key(name)), body));
      return;
    }
    try (Parts parts = new Parts(name)) {
      for (int length = PART; length > 0; length = content.readNBytes(part, 0, PART)) {
        parts.send(body(part, length));
      }
      parts.finish();
    }
  }

  private static RequestBody body(byte[] bytes, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
  }

  /** A copy that waits for its last step. */
  public interface Copy extends AutoCloseable {

    /** Makes it be there; what was there is replaced. It takes no longer for many bytes. */
    void finish() throws IOException;

    /** Leaves nothing of it, unless it was finished. */
    @Override
    void close() throws IOException;
  }

  /**
   * Begins to copy an object inside the store.
   *
   * @throws NoSuchFileException where there is none
   */
  public Copy copy(String from, String to) throws IOException {
    long size = head(from).contentLength();
    if (size <= COPIED_PART) {
      return new SmallCopy(from, to);
    }
    Parts parts = new Parts(to);
    try {
      for (long first = 0; first < size; first += COPIED_PART) {
        parts.copy(from, first, Math.min(size, first + COPIED_PART) - 1);
      }
      return parts;
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** Copies an object inside the store, and deletes it where it was. */
  public void move(String from, String to) throws IOException {
    try (Copy copy = copy(from, to)) {
      copy.finish();
    }
    delete(from);
  }

  /** Deletes an object, if there is one. */
  public void delete(String name) throws IOException {
    StoreFailures.in(
        name, () -> client.deleteObject(gone -> gone.bucket(address.bucket()).key(key(name))));
  }

  /** Forgets what was sent in parts and cut off before this time. */
  public void forgetParts(Instant before) throws IOException {
    // There are few, and what is not on the first page is forgotten the next time.
    ListMultipartUploadsResponse begun =
        StoreFailures.in(
            "",
            () ->
                client.listMultipartUploads(
                    list -> list.bucket(address.bucket()).prefix(address.prefix())));
    for (MultipartUpload upload : begun.uploads()) {
      if (upload.initiated() != null && upload.initiated().isBefore(before)) {
        new Parts(name(upload.key()), upload.uploadId()).close();
      }
    }
  }

  private String key(String name) {
    return address.prefix() + name;
  }

  private String name(String key) {
    return key.substring(address.prefix().length());
  }

  @Override
  public void close() {
    client.close();
  }

  private final class SmallCopy implements Copy {

    private final String from;
    private final String to;

    SmallCopy(String from, String to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public void finish() throws IOException {
      StoreFailures.in(
          from,
          () ->
              client.copyObject(
                  copy ->
                      copy.sourceBucket(address.bucket())
                          .sourceKey(key(from))
                          .destinationBucket(address.bucket())
                          .destinationKey(key(to))));
    }

    @Override
    public void close() {
      // Nothing was begun.
    }
  }

  /** An object that is sent or copied in parts. */
  private final class Parts implements Copy {

    private final String name;
    private final List<CompletedPart> sent = new ArrayList<>();
    private @Nullable String upload;

    Parts(String name) throws IOException {
      this(
          name,
          StoreFailures.in(
                  name,
                  () ->
                      client.createMultipartUpload(
                          begin -> begin.bucket(address.bucket()).key(key(name))))
              .uploadId());
    }

    Parts(String name, String upload) {
      this.name = name;
      this.upload = upload;
    }

    void send(RequestBody body) throws IOException {
      int number = sent.size() + 1;
      add(
          number,
          StoreFailures.in(
                  name,
                  () ->
                      client.uploadPart(
                          part ->
                              part.bucket(address.bucket())
                                  .key(key(name))
                                  .uploadId(upload)
                                  .partNumber(number),
                          body))
              .eTag());
    }

    void copy(String from, long first, long last) throws IOException {
      int number = sent.size() + 1;
      add(
          number,
          StoreFailures.in(
                  from,
                  () ->
                      client.uploadPartCopy(
                          part ->
                              part.sourceBucket(address.bucket())
                                  .sourceKey(key(from))
                                  .copySourceRange("bytes=" + first + '-' + last)
                                  .destinationBucket(address.bucket())
                                  .destinationKey(key(name))
                                  .uploadId(upload)
                                  .partNumber(number)))
              .copyPartResult()
              .eTag());
    }

    private void add(int number, String tag) {
      sent.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }

    @Override
    public void finish() throws IOException {
      StoreFailures.in(
          name,
          () ->
              client.completeMultipartUpload(
                  whole ->
                      whole
                          .bucket(address.bucket())
                          .key(key(name))
                          .uploadId(upload)
                          .multipartUpload(parts -> parts.parts(sent))));
      upload = null;
    }

    @Override
    public void close() {
      if (upload == null) {
        return;
      }
      try {
        StoreFailures.in(
            name,
            () ->
                client.abortMultipartUpload(
                    abort -> abort.bucket(address.bucket()).key(key(name)).uploadId(upload)));
      } catch (IOException e) {
        // It is forgotten later.
        LOG.warn("Parts that were sent cannot be deleted: {}", e.getMessage());
      }
    }
  }
}
