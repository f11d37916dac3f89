/** Tickets: how they are listed, read, opened and changed. */
@NullMarked
package io.kbsserver.tickets;

import org.jspecify.annotations.NullMarked;
