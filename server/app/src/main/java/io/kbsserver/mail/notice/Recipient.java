package io.kbsserver.mail.notice;

import io.kbsserver.mail.MailRole;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who gets a mail.
 *
 * @param userId the agent whom it is for; null where it is for an address alone
 */
record Recipient(String address, MailRole role, @Nullable Long userId) {

  static Recipient of(String address) {
    return new Recipient(address, MailRole.TO, null);
  }

  static Recipient copied(String address) {
    return new Recipient(address, MailRole.CC, null);
  }
}
