package io.kbsserver.files;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A content that is being read for a store, and what it turns out to be. */
final class ContentStream extends FilterInputStream {

  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
  private final MessageDigest digest;
  private long size;

  ContentStream(InputStream in) {
    super(in);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** What it was, when all of it has been read. */
  StoredFile file(String name) {
    return new StoredFile(
        HexFormat.of().formatHex(digest.digest()),
        size,
        FileTypes.of(beginning.toByteArray(), name));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    if (count > 0) {
      digest.update(target, offset, count);
      beginning.write(target, offset, Math.min(count, FileTypes.BEGINNING - beginning.size()));
      size += count;
    }
    return count;
  }
}
