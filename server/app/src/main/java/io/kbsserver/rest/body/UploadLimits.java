package io.kbsserver.rest.body;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.convert.format.ReadableBytes;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How many files a request may bring, and how large one may be.
 *
 * @param folder where they are kept until the request is answered; nothing for the system's own
 */
@ConfigurationProperties("kbs.uploads")
public record UploadLimits(int files, @ReadableBytes long fileSize, @Nullable Path folder) {

  @Override
  public Path folder() {
    return folder == null ? Path.of(System.getProperty("java.io.tmpdir")) : folder;
  }
}
