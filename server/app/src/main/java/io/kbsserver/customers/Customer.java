package io.kbsserver.customers;

import io.micronaut.core.annotation.Introspected;
import org.jspecify.annotations.Nullable;

/**
 * Someone who opens tickets.
 *
 * @param companyId null where the customer belongs to no company
 * @param userId WordPress user id of the customer's login; null where there is none
 */
@Introspected
public record Customer(long id, @Nullable Long companyId, @Nullable Long userId) {}
