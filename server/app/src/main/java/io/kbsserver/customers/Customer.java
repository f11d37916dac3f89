package io.kbsserver.customers;

/**
 * Someone who opens tickets.
 *
 * @param companyId null where the customer belongs to no company
 * @param userId WordPress user id of the customer's login; null where there is none
 */
public record Customer(long id, Long companyId, Long userId) {}
