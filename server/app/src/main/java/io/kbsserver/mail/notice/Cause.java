package io.kbsserver.mail.notice;

import java.util.Set;

/**
 * Why mails are owed, beside the ticket itself.
 *
 * @param agents whom the change is about: those who were assigned, or are named
 * @param authors who wrote it, and need not be told
 * @param byCustomer whether a customer wrote it
 */
record Cause(Set<Long> agents, Set<Long> authors, boolean byCustomer) {

  static final Cause NONE = new Cause(Set.of(), Set.of(), false);

  static Cause about(Set<Long> agents) {
    return new Cause(agents, Set.of(), false);
  }
}
