/** Who calls, and what they may see and do. */
@NullMarked
package io.kbsserver.access;

import org.jspecify.annotations.NullMarked;
