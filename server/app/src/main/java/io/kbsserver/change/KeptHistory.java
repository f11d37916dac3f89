package io.kbsserver.change;

/** Says for how long the log of changes is kept. */
@FunctionalInterface
public interface KeptHistory {

  /** So many days. */
  long days();
}
