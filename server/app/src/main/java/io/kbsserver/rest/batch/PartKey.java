package io.kbsserver.rest.batch;

import io.kbsserver.rest.body.Sha256;

/**
 * The idempotency key of a part whose batch has one: the same each time that the batch comes, and
 * no other part's. So a batch that is sent again goes on with the part at which it was cut off.
 */
final class PartKey {

  private PartKey() {}

  static String of(String keyOfBatch, int index) {
    return "part-" + Sha256.hex(index + ":" + keyOfBatch);
  }
}
