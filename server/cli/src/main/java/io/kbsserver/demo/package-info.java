/** A made-up help desk to try things out on. */
@NullMarked
package io.kbsserver.demo;

import org.jspecify.annotations.NullMarked;
