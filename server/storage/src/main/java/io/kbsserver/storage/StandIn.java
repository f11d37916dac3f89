package io.kbsserver.storage;

/**
 * A row of {@code app_user}, {@code customer} or {@code company} that only stands for an id that
 * something refers to: nobody of whom anything is known.
 */
public final class StandIn {

  /** Leaves them out; to be put behind the alias of the table and a dot. */
  public static final String LEFT_OUT = "missing = FALSE";

  private StandIn() {}
}
