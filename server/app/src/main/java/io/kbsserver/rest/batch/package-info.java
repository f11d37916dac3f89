/** Several requests in one, each answered as if it had come alone. */
@NullMarked
package io.kbsserver.rest.batch;

import org.jspecify.annotations.NullMarked;
