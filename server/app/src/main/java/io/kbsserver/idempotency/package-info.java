/** What was answered to requests that may come again, without HTTP. */
@NullMarked
package io.kbsserver.idempotency;

import org.jspecify.annotations.NullMarked;
