package io.kbsserver.demo.large;

import java.util.List;
import java.util.Random;

/**
 * Decides what one thing of a site is like: of the seed and the number of that thing alone, so that
 * it is the same whatever is made before it, on every machine.
 */
final class Chance {

  private static final long HUNDRED = 100;

  private final Random random;

  private Chance(Random random) {
    this.random = random;
  }

  /** For one thing of a kind. */
  static Chance of(long seed, String kind, long number) {
    // Seeds that are next to each other would begin alike.
    long mixed = (seed * 31 + kind.hashCode()) * 0x9E3779B97F4A7C15L + number;
    mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return new Chance(new Random(mixed ^ (mixed >>> 33)));
  }

  /** From 0, and below 1. */
  double share() {
    return random.nextDouble();
  }

  boolean percent(int of) {
    return random.nextInt((int) HUNDRED) < of;
  }

  /** A number below this, each as likely. */
  int below(int most) {
    return random.nextInt(most);
  }

  /** A number below this, where few low ones come up most of the time. */
  int skewed(int most) {
    double share = random.nextDouble();
    return (int) (share * share * share * most);
  }

  /** A count of which most are small and few are large: the share above n falls with its square. */
  int longTail(double scale, int most) {
    return (int) Math.min(most, scale / Math.sqrt(1 - random.nextDouble()) - scale * 3 / 4);
  }

  <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** So many digits of a hexadecimal number. */
  String hex(int digits) {
    StringBuilder hex = new StringBuilder();
    while (hex.length() < digits) {
      hex.append(Character.forDigit(random.nextInt(16), 16));
    }
    return hex.toString();
  }
}
