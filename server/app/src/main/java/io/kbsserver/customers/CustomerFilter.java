package io.kbsserver.customers;

import java.util.List;

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
    List<Long> ids, String name, List<Long> users, List<Long> companies, String search) {}
