package io.kbsserver.replies;

import io.kbsserver.access.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who takes part in a ticket, known by their address alone.
 *
 * @param caller their login; null where they have none
 * @param participant their address, where they are neither the customer nor an agent
 */
public record Correspondent(@Nullable Caller caller, @Nullable String participant) {}
