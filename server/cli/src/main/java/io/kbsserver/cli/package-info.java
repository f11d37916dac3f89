/** The command line: what it is told, and what it says. */
@NullMarked
package io.kbsserver.cli;

import org.jspecify.annotations.NullMarked;
