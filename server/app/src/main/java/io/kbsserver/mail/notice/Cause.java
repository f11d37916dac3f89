package io.kbsserver.mail.notice;

import java.util.Set;

/**
 * Why mails are owed, beside the ticket itself.
 *
 * @param agents whom the change is about: those who were assigned, or are named
 * @param authors who wrote it, and need not be told
 * @param byCustomer whether somebody did it who is nobody of the help desk
 */
record Cause(Set<Long> agents, Set<Long> authors, boolean byCustomer) {}
