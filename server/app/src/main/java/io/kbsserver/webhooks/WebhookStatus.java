package io.kbsserver.webhooks;

import java.util.Locale;

/** Whether changes are sent. */
public enum WebhookStatus {
  ACTIVE,
  /** By its user. */
  PAUSED,
  /** By the server. */
  DISABLED;

  /** Why the server has switched one off. */
  public enum Reason {
    /** The receiver has answered that it is gone. */
    GONE,
    /** The receiver has taken nothing for long. */
    FAILING,
    /** Whose it is works on no tickets any more. */
    OWNER;

    /** As it is kept and told. */
    public String kept() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** As it is kept and told. */
  public String kept() {
    return name().toLowerCase(Locale.ROOT);
  }
}
