/**
 * Brings the help desk of a WordPress site over: the whole import, what it takes away, and where it
 * goes on.
 */
@NullMarked
package io.kbsserver.wordpress;

import org.jspecify.annotations.NullMarked;
