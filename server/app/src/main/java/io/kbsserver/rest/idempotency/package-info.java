/** Requests that name themselves ({@code Idempotency-Key}), and are carried out once. */
@NullMarked
package io.kbsserver.rest.idempotency;

import org.jspecify.annotations.NullMarked;
