/**
 * Brings the help desk of a WordPress site over: the whole import, what it takes away, and where it
 * goes on.
 */
package io.kbsserver.wordpress;
