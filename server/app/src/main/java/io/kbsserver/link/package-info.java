/**
 * Links between resources, and what they lead to.
 *
 * <p>A representation makes its links with {@link io.kbsserver.link.Links}, from an operation of
 * the contract. Links to routes that the contract does not have yet are listed in {@code
 * links-to-come.properties} beside it; {@code _embed} answers for them that there is no such route.
 *
 * <p>A new route that links lead to: its entry leaves that list (the build fails before), and the
 * room gets a bean, in most cases an {@link io.kbsserver.link.EmbeddedRoom}. No link changes, and
 * no other room.
 */
@NullMarked
package io.kbsserver.link;

import org.jspecify.annotations.NullMarked;
