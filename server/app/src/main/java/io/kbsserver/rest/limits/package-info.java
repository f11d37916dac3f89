/** How many requests may come within a time, where the operator says so. */
@NullMarked
package io.kbsserver.rest.limits;

import org.jspecify.annotations.NullMarked;
