package io.kbsserver.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * The hashes in which WordPress keeps application passwords: portable phpass ({@code $P$}, up to
 * 6.7) and the fast BLAKE2b hash for random secrets ({@code $generic$}, since 6.8).
 */
final class PasswordHash {

  /** What an unknown login is checked against, so that it takes as long as a known one. */
  static final String OF_NOBODY = "$P$BnobodysS......................";

  private static final String FAST_PREFIX = "$generic$";
  private static final byte[] FAST_KEY = "wp_fast_hash_6.8+".getBytes(StandardCharsets.US_ASCII);
  private static final int FAST_BYTES = 30;

  private static final String PHPASS_DIGITS =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int PHPASS_LENGTH = 34;
  private static final int PHPASS_LOWEST_COST = 7;
  private static final int PHPASS_HIGHEST_COST = 18;

  private PasswordHash() {}

  /** Whether the hash was made of this password. */
  static boolean matches(String hash, String password) {
    if (hash.startsWith(FAST_PREFIX)) {
      return equal(hash, fast(password));
    }
    if (isSlow(hash)) {
      return equal(hash, phpass(hash, password));
    }
    return false;
  }

  /** Whether it takes a noticeable time to compare with this hash. */
  static boolean isSlow(String hash) {
    return hash.startsWith("$P$") || hash.startsWith("$H$");
  }

  /** The hash to store for a random password. */
  static String fast(String password) {
    Blake2bDigest digest = new Blake2bDigest(FAST_KEY, FAST_BYTES, null, null);
    byte[] input = password.getBytes(StandardCharsets.UTF_8);
    digest.update(input, 0, input.length);
    byte[] output = new byte[FAST_BYTES];
    digest.doFinal(output, 0);
    return FAST_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(output);
  }

  /** The phpass hash of the password with the cost and the salt of another hash. */
  private static String phpass(String settings, String password) {
    if (settings.length() != PHPASS_LENGTH) {
      return "";
    }
    int cost = PHPASS_DIGITS.indexOf(settings.charAt(3));
    if (cost < PHPASS_LOWEST_COST || cost > PHPASS_HIGHEST_COST) {
      return "";
    }
    byte[] secret = password.getBytes(StandardCharsets.UTF_8);
    MessageDigest md5 = md5();
    md5.update(settings.substring(4, 12).getBytes(StandardCharsets.ISO_8859_1));
    byte[] hash = md5.digest(secret);
    for (long round = 1L << cost; round > 0; round--) {
      md5.update(hash);
      hash = md5.digest(secret);
    }
    return settings.substring(0, 12) + littleEndianBase64(hash);
  }

  /** Six bits a digit, lowest bits first; the alphabet is phpass's own. */
  private static String littleEndianBase64(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (byte value : bytes) {
      buffer |= (value & 0xff) << bits;
      bits += 8;
      while (bits >= 6) {
        text.append(PHPASS_DIGITS.charAt(buffer & 0x3f));
        buffer >>>= 6;
        bits -= 6;
      }
    }
    if (bits > 0) {
      text.append(PHPASS_DIGITS.charAt(buffer & 0x3f));
    }
    return text.toString();
  }

  private static boolean equal(String expected, String actual) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
