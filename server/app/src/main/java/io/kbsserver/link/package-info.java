/**
 * Links between resources, and what they lead to.
 *
 * <p>A representation makes its links with {@link io.kbsserver.link.Links}, from an operation of
 * the contract: a link to one that there is not does not compile.
 *
 * <p>A new route that embeddable links lead to: its room gets a bean, in most cases an {@link
 * io.kbsserver.link.EmbeddedRoom}. No other room changes.
 */
@NullMarked
package io.kbsserver.link;

import org.jspecify.annotations.NullMarked;
