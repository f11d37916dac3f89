package io.kbsserver.wordpress.destination;

import io.kbsserver.wordpress.source.SourceRows;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What tells a row of WordPress from another one that has its id later: two fingerprints. */
public final class Identity {

  private static final int BYTES = 16;

  private Identity() {}

  /** The fingerprints of what a row has; a trait that is empty tells nothing. */
  public static byte[] of(SourceRows.Traits traits) {
    byte[] both = Arrays.copyOf(hash(traits.first()), 2 * BYTES);
    System.arraycopy(hash(traits.second()), 0, both, BYTES, BYTES);
    return both;
  }

  /** Whether two may be the same row, changed or not: they are not where all traits differ. */
  public static boolean same(byte @Nullable [] before, byte[] now) {
    if (before == null) {
      return true;
    }
    for (int from = 0; from < 2 * BYTES; from += BYTES) {
      byte[] one = Arrays.copyOfRange(before, from, from + BYTES);
      byte[] other = Arrays.copyOfRange(now, from, from + BYTES);
      // What cannot be compared may be the same: an id is not changed on a guess.
      if (isEmpty(one) || isEmpty(other) || Arrays.equals(one, other)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] hash(String trait) {
    return trait.isEmpty()
        ? new byte[BYTES]
        : RowHash.of(List.of(trait.toLowerCase(Locale.ROOT)), List.of());
  }

  private static boolean isEmpty(byte[] hash) {
    return Arrays.equals(hash, new byte[BYTES]);
  }
}
