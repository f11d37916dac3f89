package io.kbsserver.sync;

import io.kbsserver.change.Subject;
import java.util.Iterator;
import java.util.List;

/**
 * All that somebody sees of one kind.
 *
 * @param position that of the last change of which it is certain that the export knows it
 * @param kind of what kind the things are
 * @param things as they are answered, some at a time, read when they are wanted
 */
public record Export(long position, Subject kind, Iterator<List<?>> things) {}
