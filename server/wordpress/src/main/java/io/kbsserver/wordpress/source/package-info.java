/** Reading a WordPress database, of which nothing is changed. */
@NullMarked
package io.kbsserver.wordpress.source;

import org.jspecify.annotations.NullMarked;
