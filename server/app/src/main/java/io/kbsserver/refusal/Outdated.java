package io.kbsserver.refusal;

import java.util.Map;

/** What was to be changed is not what the one who asks has seen. */
public final class Outdated extends Refusal {

  private static final long serialVersionUID = 1L;

  private final String tag;
  private final transient Map<String, Object> now;

  private Outdated(String message, String tag, Map<String, Object> now) {
    super("rest_precondition_failed", message, Map.of());
    this.tag = tag;
    this.now = now;
  }

  /**
   * The ticket has changed.
   *
   * @param tag what it is known by now
   * @param ticket what it is like now, as it is shown
   */
  public static Outdated ticket(String tag, Object ticket) {
    return new Outdated("The ticket is not as If-Match says.", tag, Map.of("ticket", ticket));
  }

  /** What the thing is known by now. */
  public String tag() {
    return tag;
  }

  @Override
  public Map<String, Object> data() {
    return now;
  }
}
