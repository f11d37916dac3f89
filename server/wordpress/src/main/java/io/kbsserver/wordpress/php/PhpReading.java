package io.kbsserver.wordpress.php;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What could be read of a serialised text.
 *
 * @param value the value, without what was lost
 * @param recounted whether the lengths of its strings were wrong and had to be counted anew
 * @param damage what is wrong with it and where; null where nothing is lost
 * @param lost the paths of the elements that could not be read; empty with a damage where nothing
 *     could
 */
public record PhpReading(
    @Nullable Object value, boolean recounted, @Nullable String damage, List<String> lost) {

  /** Reads as much of a text as there is to read. */
  public static PhpReading of(String text) {
    try {
      return whole(PhpSerialized.parse(text), false);
    } catch (PhpSerializedException e) {
      return damaged(text, e);
    }
  }

  private static PhpReading damaged(String text, PhpSerializedException damage) {
    try {
      return whole(PhpSerialized.parseCharacters(text), false);
    } catch (PhpSerializedException e) {
      // Then its lengths are wrong in another way, or something else is.
    }
    byte[] bytes;
    try {
      bytes = PhpSerialized.bytes(text);
    } catch (PhpSerializedException e) {
      return new PhpReading(null, false, e.getMessage(), List.of());
    }
    try {
      Optional<byte[]> recounted = PhpLengths.recounted(bytes);
      if (recounted.isPresent()) {
        return whole(PhpSerialized.parse(recounted.get()), true);
      }
    } catch (PhpSerializedException e) {
      // Its lengths are not all that is wrong.
    }
    PhpSalvage salvage = new PhpSalvage(bytes);
    return new PhpReading(salvage.value(), false, damage.getMessage(), salvage.lost());
  }

  /** Whether all of it was read. */
  public boolean isWhole() {
    return damage == null;
  }

  private static PhpReading whole(@Nullable Object value, boolean recounted) {
    return new PhpReading(value, recounted, null, List.of());
  }
}
