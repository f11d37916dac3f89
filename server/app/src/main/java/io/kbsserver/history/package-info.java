/** What has become of tickets, change by change: for the agents who see them. */
@NullMarked
package io.kbsserver.history;

import org.jspecify.annotations.NullMarked;
