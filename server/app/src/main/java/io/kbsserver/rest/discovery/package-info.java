/** What clients can find out by asking: the indexes, the description of a route, the contract. */
@NullMarked
package io.kbsserver.rest.discovery;

import org.jspecify.annotations.NullMarked;
