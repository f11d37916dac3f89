/** Writing here: rows in batches, the ids that they have here, what was changed here meanwhile. */
@NullMarked
package io.kbsserver.wordpress.destination;

import org.jspecify.annotations.NullMarked;
