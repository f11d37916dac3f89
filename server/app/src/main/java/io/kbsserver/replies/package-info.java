/** What agents and customers write to each other about a ticket, and what that does to it. */
@NullMarked
package io.kbsserver.replies;

import org.jspecify.annotations.NullMarked;
