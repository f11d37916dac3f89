package io.kbsserver.rest.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PartKeyTest {

  @Test
  void itIsTheSameForTheSamePartOnly() {
    String key = PartKey.of("a".repeat(255), 1);
    assertEquals(key, PartKey.of("a".repeat(255), 1));
    assertNotEquals(key, PartKey.of("a".repeat(255), 2));
    assertNotEquals(key, PartKey.of("a".repeat(254), 1));
    assertNotEquals(PartKey.of("1", 11), PartKey.of("11", 1));
    assertTrue(key.matches("part-[0-9a-f]{64}"), key);
  }
}
