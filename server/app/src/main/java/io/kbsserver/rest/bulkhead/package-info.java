/** How much is done at a time, how much may wait for it, and who is told to come back later. */
@NullMarked
package io.kbsserver.rest.bulkhead;

import org.jspecify.annotations.NullMarked;
