/** What one client may cost by its connections: how many, how long, how slow. */
@NullMarked
package io.kbsserver.rest.connection;

import org.jspecify.annotations.NullMarked;
