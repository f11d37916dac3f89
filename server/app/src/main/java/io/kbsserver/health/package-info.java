/** How the server is: whether its database is there, and what those are told who run it. */
@NullMarked
package io.kbsserver.health;

import org.jspecify.annotations.NullMarked;
