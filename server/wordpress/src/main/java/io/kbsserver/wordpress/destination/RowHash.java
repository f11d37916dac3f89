package io.kbsserver.wordpress.destination;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/** A fingerprint of a row and all that belongs to it. */
public final class RowHash {

  private static final int BYTES = 16;

  private RowHash() {}

  public static byte[] of(List<String> values, List<List<List<String>>> children) {
    MessageDigest digest = sha256();
    add(digest, values);
    for (List<List<String>> rows : children) {
      // In the order of their fingerprints, since the database gives them in any order.
      byte[][] hashes =
          rows.stream()
              .map(
                  row -> {
                    MessageDigest one = sha256();
                    add(one, row);
                    return one.digest();
                  })
              .sorted(Arrays::compareUnsigned)
              .toArray(byte[][]::new);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, hashes.length));
      for (byte[] hash : hashes) {
        digest.update(hash);
      }
    }
    return Arrays.copyOf(digest.digest(), BYTES);
  }

  private static void add(MessageDigest digest, List<String> values) {
    for (String value : values) {
      byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
      digest.update(
          ByteBuffer.allocate(Integer.BYTES).putInt(0, value == null ? -1 : bytes.length));
      digest.update(bytes);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
