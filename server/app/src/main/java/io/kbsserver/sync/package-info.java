/**
 * What others keep in step by: who sees what of the log of changes, told when asked, as it happens,
 * and all at once to begin with.
 */
@NullMarked
package io.kbsserver.sync;

import org.jspecify.annotations.NullMarked;
