/** One import for each kind of thing that is brought over, and what they share. */
package io.kbsserver.wordpress.kinds;
