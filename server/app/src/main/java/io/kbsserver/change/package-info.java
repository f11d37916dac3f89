/** The log of changes, and what hangs on it. */
@NullMarked
package io.kbsserver.change;

import org.jspecify.annotations.NullMarked;
