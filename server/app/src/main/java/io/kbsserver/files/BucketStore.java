package io.kbsserver.files;

import io.kbsserver.files.s3.Bucket;
import io.kbsserver.files.s3.Bucket.Copy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a bucket. Its objects are called as the files of a {@link FolderStore}, so that one is
 * made of the other by copying. A content is sent under another name, since its digest is known
 * when it has been read, and copied inside the store.
 */
final class BucketStore implements FileStore {

  private static final Logger LOG = LoggerFactory.getLogger(BucketStore.class);

  private static final String INCOMING = "incoming/";
  private static final String ASIDE = "aside/";
  private static final String OWNER = "database";
  private static final Pattern CONTENT = Pattern.compile("[0-9a-f]{2}/[0-9a-f]{64}");

  private final Bucket bucket;

  BucketStore(Bucket bucket) {
    this.bucket = bucket;
  }

  @Override
  public IncomingFile receive(InputStream content, String name) throws IOException {
    String written = INCOMING + UUID.randomUUID();
    ContentStream read = new ContentStream(content);
    bucket.write(written, read);
    StoredFile file = read.file(name);
    try {
      // Most of it now: it is kept inside a transaction, where others wait.
      return new Received(written, file, bucket.copy(written, place(file.sha256())));
    } catch (IOException | RuntimeException e) {
      bucket.delete(written);
      throw e;
    }
  }

  @Override
  public InputStream open(String sha256, long from) throws IOException {
    for (String name : List.of(place(sha256), aside(sha256), place(sha256))) {
      // It may be put aside, or be put back, between two looks.
      try {
        return bucket.read(name, from);
      } catch (NoSuchFileException e) {
        LOG.trace("Not at {}", name);
      }
    }
    throw new NoSuchFileException(sha256);
  }

  @Override
  public boolean has(String sha256) throws IOException {
    return bucket.find(place(sha256)).isPresent() || bucket.find(aside(sha256)).isPresent();
  }

  @Override
  public Set<String> all() throws IOException {
    Set<String> all = new TreeSet<>();
    // What is put aside, or is put back, behind the back of the first look is found by the second.
    for (int look = 0; look < 2; look++) {
      bucket.list(
          "",
          entry -> {
            if (isContent(entry.name()) || entry.name().startsWith(ASIDE)) {
              all.add(sha256(entry.name()));
            }
          });
    }
    return all;
  }

  @Override
  public boolean claim(String database) throws IOException {
    if (bucket.find(OWNER).isEmpty()) {
      bucket.write(OWNER, new ByteArrayInputStream(database.getBytes(StandardCharsets.UTF_8)));
    }
    // Of two who claim it at once one hears the other's name, the first or the next time.
    try (InputStream owner = bucket.read(OWNER, 0)) {
      return new String(owner.readAllBytes(), StandardCharsets.UTF_8).equals(database);
    }
  }

  @Override
  public void check() throws IOException {
    if (bucket.find(OWNER).isEmpty()) {
      bucket.hasAny("");
    }
  }

  @Override
  public int sweep(Instant before, UnaryOperator<Collection<String>> referred) throws IOException {
    bucket.forgetParts(before);
    bucket.list(
        INCOMING,
        entry -> {
          if (entry.modified().isBefore(before)) {
            bucket.delete(entry.name());
          }
        });
    Unreferred gone =
        new Unreferred(
            referred,
            sha256 -> bucket.delete(aside(sha256)),
            sha256 -> move(aside(sha256), place(sha256)));
    bucket.list(ASIDE, entry -> gone.add(sha256(entry.name()), entry.modified(), before));
    int deleted = gone.finish();
    Unreferred unneeded =
        new Unreferred(referred, sha256 -> move(place(sha256), aside(sha256)), kept -> {});
    bucket.list(
        "",
        entry -> {
          if (isContent(entry.name())) {
            unneeded.add(sha256(entry.name()), entry.modified(), before);
          }
        });
    unneeded.finish();
    return deleted;
  }

  private void move(String from, String to) throws IOException {
    try {
      bucket.move(from, to);
    } catch (NoSuchFileException e) {
      LOG.debug("Another server has moved {}", from);
    }
  }

  private static boolean isContent(String name) {
    return CONTENT.matcher(name).matches();
  }

  private static String sha256(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static String place(String sha256) {
    return FolderStore.checked(sha256).substring(0, 2) + '/' + sha256;
  }

  private static String aside(String sha256) {
    return ASIDE + FolderStore.checked(sha256);
  }

  private final class Received implements IncomingFile {

    private final String written;
    private final StoredFile file;
    private final Copy copy;

    Received(String written, StoredFile file, Copy copy) {
      this.written = written;
      this.file = file;
      this.copy = copy;
    }

    @Override
    public StoredFile file() {
      return file;
    }

    /** Over one that is there as well: it is as young as its newest row from now on. */
    @Override
    public void keep() throws IOException {
      copy.finish();
    }

    @Override
    public void close() throws IOException {
      try (copy) {
        bucket.delete(written);
      }
    }
  }
}
