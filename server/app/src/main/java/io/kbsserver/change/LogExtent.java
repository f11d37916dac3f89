package io.kbsserver.change;

/**
 * What there is of the log.
 *
 * @param last the position of the last change that has one; 0 where there is none
 * @param whole whether no change that is committed has none
 */
public record LogExtent(long last, boolean whole) {}
