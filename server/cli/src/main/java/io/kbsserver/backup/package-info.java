/** Backups: one file that holds all that the built-in database does, and the files of tickets. */
@NullMarked
package io.kbsserver.backup;

import org.jspecify.annotations.NullMarked;
