package io.kbsserver.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/**
 * What a command sees of the world.
 *
 * @param environment the environment variables
 * @param in standard input
 * @param out standard output, for results
 * @param err standard error, for progress and errors
 * @param interactive true when standard error is a terminal on which a line can be overwritten
 * @param columns how wide standard output is, 0 where it is no terminal: nothing is cut then
 * @param clock tells the time
 */
record Terminal(
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean interactive,
    int columns,
    Clock clock) {}
