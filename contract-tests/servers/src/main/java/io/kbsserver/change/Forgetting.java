package io.kbsserver.change;

/** For tests that change rows past the log: what a server remembers is not true any more. */
public final class Forgetting {

  private Forgetting() {}

  /** Nothing is known any more. */
  public static void totals(RememberedTotals totals) {
    totals.forget();
  }
}
