/** What is kept beside the rows that it follows from: whether it does, and what mends it. */
@NullMarked
package io.kbsserver.repair;

import org.jspecify.annotations.NullMarked;
