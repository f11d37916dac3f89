package io.kbsserver.sync;

import java.util.List;

/**
 * What somebody sees of a part of the log.
 *
 * @param changes in the order of their positions
 * @param next the position to go on from, whether the change there is told or not
 * @param more whether there were more changes behind it
 */
public record SeenChanges(List<SeenChange> changes, long next, boolean more) {}
