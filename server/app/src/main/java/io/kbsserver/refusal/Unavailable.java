package io.kbsserver.refusal;

import java.util.Map;

/** What was asked for cannot be had at the moment, and may be had later. */
public final class Unavailable extends Refusal {

  private static final long serialVersionUID = 1L;

  private Unavailable(String message) {
    super("service_unavailable", message, Map.of());
  }

  /** The store of files does not answer. */
  public static Unavailable files() {
    return new Unavailable("Files cannot be read at the moment. Please try again later.");
  }

  /** As many as may wait for changes. */
  public static Unavailable roomToWait() {
    return new Unavailable("Too many wait for changes at the moment. Please try again later.");
  }

  /** As many of one user as may wait for changes. */
  public static Unavailable roomToWaitOfUser() {
    return new Unavailable(
        "Too many requests of this user wait for changes. Please end some of them, or try again"
            + " later.");
  }

  /** The store of files takes none. */
  public static Unavailable roomForFiles() {
    return new Unavailable("Files cannot be taken at the moment. Please try again later.");
  }
}
