package io.kbsserver.rest.body;

import io.kbsserver.rest.errors.RestException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one request, on disk until it is answered. They have no names there: the operating
 * system gives their room back when they are closed, and when the server is killed.
 */
public final class UploadedFiles implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UploadedFiles.class);
  private static final int BUFFER = 16 * 1024;

  private final UploadLimits limits;
  private final boolean kept;
  private final List<FileChannel> channels = new ArrayList<>();

  private String parameter = "";
  private OutputStream file = OutputStream.nullOutputStream();
  private int count;
  private long size;
  private long stored;

  /**
   * For one request.
   *
   * @param kept whether files are kept; if not, they are read past
   */
  public UploadedFiles(UploadLimits limits, boolean kept) {
    this.limits = limits;
    this.kept = kept;
  }

  /** A file begins. */
  void begin(String name) {
    parameter = name;
    size = 0;
    if (++count > limits.files()) {
      throw RestException.tooManyFiles(parameter, limits.files());
    }
    if (kept) {
      try {
        file = create(limits.folder());
      } catch (IOException e) {
        throw unavailable(e);
      }
    }
  }

  private OutputStream create(Path folder) throws IOException {
    Path path = Files.createTempFile(folder, "kbs-", ".upload");
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    channels.add(channel);
    return new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
  }

  /** More of the file. */
  void write(byte[] bytes, int start, int length) {
    size += length;
    if (size > limits.fileSize()) {
      throw RestException.fileTooLarge(parameter, limits.fileSize());
    }
    if (kept) {
      try {
        file.write(bytes, start, length);
      } catch (IOException e) {
        throw unavailable(e);
      }
      stored += length;
    }
  }

  /** The file has ended. */
  void end() {
    if (kept) {
      try {
        file.flush();
      } catch (IOException e) {
        throw unavailable(e);
      }
    }
  }

  /** How many bytes of the request are on disk. */
  long stored() {
    return stored;
  }

  private static RestException unavailable(IOException e) {
    LOG.error("A file of a request cannot be kept: {}", e.toString());
    return RestException.noRoomForFiles();
  }

  @Override
  public void close() {
    for (FileChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.warn("A file of a request cannot be closed: {}", e.toString());
      }
    }
    channels.clear();
  }
}
