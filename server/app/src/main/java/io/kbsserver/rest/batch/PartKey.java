package io.kbsserver.rest.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The idempotency key of a part whose batch has one: the same each time that the batch comes, and
 * no other part's. So a batch that is sent again goes on with the part at which it was cut off.
 */
final class PartKey {

  private PartKey() {}

  static String of(String keyOfBatch, int index) {
    try {
      byte[] text = (index + ":" + keyOfBatch).getBytes(UTF_8);
      return "part-" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
