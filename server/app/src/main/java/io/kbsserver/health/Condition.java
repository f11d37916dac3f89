package io.kbsserver.health;

import com.fasterxml.jackson.annotation.JsonValue;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Locale;

/** How something is. */
@Serdeable
enum Condition {
  UP,
  DOWN;

  static Condition of(boolean well) {
    return well ? UP : DOWN;
  }

  /** As it is written. */
  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
