package io.kbsserver.customers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which customers of a list are wanted. Null and empty lists mean "whichever".
 *
 * @param ids their ids
 * @param name what their name contains
 * @param users the WordPress user ids of their logins
 * @param companies the ids of their companies
 * @param search words that their name or an e-mail address of theirs contains
 */
record CustomerFilter(
    @Nullable List<Long> ids,
    @Nullable String name,
    @Nullable List<Long> users,
    @Nullable List<Long> companies,
    @Nullable String search) {}
