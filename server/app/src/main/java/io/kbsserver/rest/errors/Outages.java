package io.kbsserver.rest.errors;

import java.util.Optional;

/** Knows which failures come from something that this server needs and does not have for now. */
public interface Outages {

  /** What to tell a client whose request has failed so; empty for any other failure. */
  Optional<String> explain(Throwable failure);
}
