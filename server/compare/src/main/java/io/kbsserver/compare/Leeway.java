package io.kbsserver.compare;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Which values mean the same although they are others each time. */
@FunctionalInterface
public interface Leeway {

  /** For answers that were given at the same time. */
  Leeway NONE = (owner, where, wanted, got) -> false;

  /**
   * Whether a value that differs will do.
   *
   * @param owner what the value belongs to: the nearest object around it that has an id, or null
   * @param where the part of the answer, {@code body[3].ticket_data.key}
   * @param wanted the value that was wanted
   * @param got the value that came
   */
  boolean allows(@Nullable JsonNode owner, String where, String wanted, String got);
}
