package io.kbsserver.health;

import io.kbsserver.rest.body.UploadLimits;
import io.micronaut.context.annotation.Property;
import io.micronaut.core.convert.format.ReadableBytes;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether there is room where this server writes: for the files of requests, and for the built-in
 * database. It is looked at now and then, since a disk may take long to answer.
 */
@Singleton
class DiskSpace {
  private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);

  private final List<Path> folders;
  private final long least;
  private final AtomicBoolean there = new AtomicBoolean(true);

  DiskSpace(
      UploadLimits uploads,
      @Nullable @Property(name = "kbs.database.folder") Path database,
      @ReadableBytes @Property(name = "kbs.health.least-disk-space") long least) {
    this.folders = Stream.of(uploads.folder(), database).filter(Path.class::isInstance).toList();
    this.least = least;
  }

  boolean isThere() {
    return there.get();
  }

  @Scheduled(fixedDelay = "5s")
  void look() {
    boolean found = folders.stream().allMatch(this::hasRoom);
    if (there.getAndSet(found) && !found) {
      LOG.error("From now on: less than {} bytes are left in one of {}", least, folders);
    }
  }

  private boolean hasRoom(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace() >= least;
    } catch (IOException e) {
      return false;
    }
  }
}
