/** A made-up help desk of any size, to measure with. */
@NullMarked
package io.kbsserver.demo.large;

import org.jspecify.annotations.NullMarked;
