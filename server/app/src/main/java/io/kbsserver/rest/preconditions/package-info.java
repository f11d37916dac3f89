/** Requests that depend on the state of what they are about ({@code ETag}, {@code If-Match}). */
@NullMarked
package io.kbsserver.rest.preconditions;

import org.jspecify.annotations.NullMarked;
