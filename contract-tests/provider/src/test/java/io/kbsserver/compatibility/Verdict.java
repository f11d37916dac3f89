package io.kbsserver.compatibility;

/** What became of an exchange. */
enum Verdict {
  /** The answer means the same as the recorded one. */
  AGREES,
  /** It differs, on purpose. */
  CLAIMED,
  /** It differs, and nothing says that it should. */
  DIFFERS
}
