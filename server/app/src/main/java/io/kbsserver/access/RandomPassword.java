package io.kbsserver.access;

import io.kbsserver.logging.Secrets;
import java.security.SecureRandom;

/** Makes application passwords as WordPress does: 24 letters and digits. */
final class RandomPassword {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomPassword() {}

  /** A new one, which no log shows while it is made and told. */
  static String next() {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      password.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    Secrets.keepForAMinute(password.toString());
    return password.toString();
  }
}
