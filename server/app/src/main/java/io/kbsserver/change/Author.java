package io.kbsserver.change;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a change.
 *
 * @param userId who has logged in; null where nobody has
 * @param credential the uuid of the application password that it was done with
 * @param requestId what the request is called in the logs
 * @param source by which way it came
 */
public record Author(
    @Nullable Long userId,
    @Nullable String credential,
    @Nullable String requestId,
    ChangeSource source) {

  /** Whoever may run commands on this machine. */
  public static final Author COMMAND = new Author(null, null, null, ChangeSource.COMMAND);

  /** An import. */
  public static final Author IMPORT = new Author(null, null, null, ChangeSource.IMPORT);
}
