/** Backups: one file that holds all that the built-in database does. */
@NullMarked
package io.kbsserver.backup;

import org.jspecify.annotations.NullMarked;
