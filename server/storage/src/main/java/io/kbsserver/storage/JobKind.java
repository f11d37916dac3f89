package io.kbsserver.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A kind of work that any of several servers does, each piece of it one at a time. */
public interface JobKind {

  /** What it is called, in the database as well. */
  String name();

  /** How often it is looked whether there is something to do. */
  Duration polling();

  /**
   * Does what there is to do of a piece, for a while.
   *
   * @return when to come again; never where there is nothing left to come for
   */
  Optional<Instant> turn(String piece);
}
