package io.kbsserver.files;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/** Tells old contents that rows refer to from those that none does, a few at a time. */
final class Unreferred {

  /** So many are looked up in the database at a time. */
  private static final int BATCH = 500;

  /** What is done with a content. */
  @FunctionalInterface
  interface Work {
    void with(String sha256) throws IOException;
  }

  private final UnaryOperator<Collection<String>> referred;
  private final Work unneeded;
  private final Work needed;
  private final List<String> asked = new ArrayList<>();
  private int count;

  /**
   * With nothing looked at yet.
   *
   * @param referred gives those of some digests that rows refer to
   */
  Unreferred(UnaryOperator<Collection<String>> referred, Work unneeded, Work needed) {
    this.referred = referred;
    this.unneeded = unneeded;
    this.needed = needed;
  }

  /** Looks at a content, unless it is young. */
  void add(String sha256, Instant changed, Instant before) throws IOException {
    if (changed.isBefore(before)) {
      asked.add(sha256);
      if (asked.size() == BATCH) {
        ask();
      }
    }
  }

  /** How many there were that nothing refers to. */
  int finish() throws IOException {
    if (!asked.isEmpty()) {
      ask();
    }
    return count;
  }

  private void ask() throws IOException {
    Collection<String> wanted = referred.apply(List.copyOf(asked));
    for (String sha256 : asked) {
      if (wanted.contains(sha256)) {
        needed.with(sha256);
      } else {
        unneeded.with(sha256);
        count++;
      }
    }
    asked.clear();
  }
}
