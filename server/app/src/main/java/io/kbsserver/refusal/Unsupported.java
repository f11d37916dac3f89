package io.kbsserver.refusal;

import java.util.Map;

/** What was asked for is something that there is elsewhere, but not of this kind of thing. */
public final class Unsupported extends Refusal {

  private static final long serialVersionUID = 1L;

  private Unsupported(String code, String message) {
    super(code, message, Map.of());
  }

  /** Terms are deleted for good or not at all. */
  public static Unsupported trashOfTerms() {
    return new Unsupported(
        "rest_trash_not_supported", "Terms do not support trashing. Set 'force=true' to delete.");
  }
}
