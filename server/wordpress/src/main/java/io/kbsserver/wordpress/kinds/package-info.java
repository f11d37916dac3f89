/** One import for each kind of thing that is brought over, and what they share. */
@NullMarked
package io.kbsserver.wordpress.kinds;

import org.jspecify.annotations.NullMarked;
