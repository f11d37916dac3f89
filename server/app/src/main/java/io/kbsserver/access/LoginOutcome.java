package io.kbsserver.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of an attempt to log in. */
public sealed interface LoginOutcome {

  /**
   * Login and password belong together.
   *
   * @param credential which of the passwords of this caller it was
   * @param mark how much was changed when they were looked up, after the request had come; null
   *     where nobody can know for long
   */
  record Known(Caller caller, String credential, @Nullable String mark) implements LoginOutcome {}

  /** They do not. */
  record Nobody() implements LoginOutcome {}

  /** The password was not even looked at: too many before it were wrong. */
  record TooManyFailures(Duration retryAfter) implements LoginOutcome {}

  /** The password could not be looked at, since too many others are. */
  record Busy() implements LoginOutcome {}
}
