/** How logs are written, and what never stands in them. */
@NullMarked
package io.kbsserver.logging;

import org.jspecify.annotations.NullMarked;
