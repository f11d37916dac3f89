package io.kbsserver.change;

/**
 * What there is of the log.
 *
 * @param folded the position up to which changes are not known any more; 0 where all are
 * @param last the position of the last change; 0 where there is none
 */
public record LogExtent(long folded, long last) {}
