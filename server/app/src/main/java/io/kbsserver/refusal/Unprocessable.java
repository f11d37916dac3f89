package io.kbsserver.refusal;

import java.util.Map;

/** What was asked for makes no sense after what was asked for before. */
public final class Unprocessable extends Refusal {

  private static final long serialVersionUID = 1L;

  private Unprocessable(String code, String message) {
    super(code, message, Map.of());
  }

  /** The key of a request is that of another one. */
  public static Unprocessable keyReused() {
    return new Unprocessable(
        "idempotency_key_reused", "This Idempotency-Key was used for another request.");
  }
}
