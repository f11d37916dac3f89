package io.kbsserver.rest.body;

import io.kbsserver.rest.errors.RestException;
import io.micronaut.http.HttpRequest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one request, on disk until it is answered. They have no names there: the operating
 * system gives their room back when they are closed, and when the server is killed.
 */
public final class UploadedFiles implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UploadedFiles.class);
  private static final String ATTRIBUTE = "kbs.uploads";

  /** What a file is called that is no part of a form. */
  public static final String BODY = "body";

  private static final int BUFFER = 16 * 1024;

  private final UploadLimits limits;
  private final boolean kept;
  private final boolean digested;
  private final List<Upload> uploads = new ArrayList<>();

  private String parameter = "";
  private OutputStream file = OutputStream.nullOutputStream();
  private int count;
  private long size;
  private long stored;

  /**
   * A file of a request.
   *
   * @param parameter the parameter that it was sent as
   * @param name what the client calls it, which may be anything
   * @param channel where it is on disk
   * @param digest of its bytes; null where nobody asks
   */
  public record Upload(
      String parameter, String name, FileChannel channel, @Nullable MessageDigest digest) {

    /**
     * Its bytes from the first one on; the stream need not be closed, and is read once at a time.
     */
    public InputStream open() throws IOException {
      return Channels.newInputStream(channel.position(0));
    }

    /** The digest of its bytes, once; empty where nobody has asked for it. */
    public String sha256() {
      return digest == null ? "" : HexFormat.of().formatHex(digest.digest());
    }
  }

  /** The files of a request, in their order; none where nobody who is known has sent any. */
  public static List<Upload> of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, UploadedFiles.class)
        .map(files -> List.copyOf(files.uploads))
        .orElseGet(List::of);
  }

  /** Lets who answers a request find them. */
  public void keepIn(HttpRequest<?> request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /**
   * For one request.
   *
   * @param kept whether files are kept; if not, they are read past
   */
  public UploadedFiles(UploadLimits limits, boolean kept) {
    this(limits, kept, false);
  }

  /**
   * The same, whose files may be told apart by their bytes.
   *
   * @param digested whether they are digested as they are kept
   */
  public UploadedFiles(UploadLimits limits, boolean kept, boolean digested) {
    this.limits = limits;
    this.kept = kept;
    this.digested = digested;
  }

  /**
   * A body begins that is a file.
   *
   * @param disposition the header {@code Content-Disposition}, which may name it
   */
  public void beginBody(String disposition) {
    begin(BODY, PartHeaders.of("Content-Disposition: " + disposition).sentFileName());
  }

  /** A file begins. */
  void begin(String name, String fileName) {
    parameter = name;
    size = 0;
    if (++count > limits.files()) {
      throw RestException.tooManyFiles(parameter, limits.files());
    }
    if (kept) {
      try {
        file = create(limits.folder(), fileName);
      } catch (IOException e) {
        throw unavailable(e);
      }
    }
  }

  private OutputStream create(Path folder, String fileName) throws IOException {
    Path path = Files.createTempFile(folder, "kbs-", ".upload");
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    MessageDigest digest = digested ? Sha256.begin() : null;
    uploads.add(new Upload(parameter, fileName, channel, digest));
    OutputStream onDisk = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    return digest == null ? onDisk : new DigestOutputStream(onDisk, digest);
  }

  /** More of the file. */
  public void write(byte[] bytes, int start, int length) {
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
  public void end() {
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
    for (Upload upload : uploads) {
      try {
        upload.channel().close();
      } catch (IOException e) {
        LOG.warn("A file of a request cannot be closed: {}", e.toString());
      }
    }
    uploads.clear();
  }
}
