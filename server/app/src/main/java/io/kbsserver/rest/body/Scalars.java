package io.kbsserver.rest.body;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as WordPress reads them, where everything may come as text. */
public final class Scalars {

  private static final int MOST_ZEROS = 20;

  /** A number with a longer exponent is not looked at. */
  private static final long MOST_SCALE = 10_000;

  private Scalars() {}

  /** Whether a value means "not given": nothing, "", "0", 0, false, an empty list. */
  public static boolean isEmpty(@Nullable Object value) {
    return value == null
        || value.equals("")
        || value.equals("0")
        || value.equals(Boolean.FALSE)
        || (value instanceof Number number && number.doubleValue() == 0)
        || (value instanceof Collection<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  /** Whether a value is a list or an object. */
  public static boolean isCompound(@Nullable Object value) {
    return value instanceof Collection || value instanceof Map;
  }

  /** A scalar as text: 1.50 is "1.5", true is "1", false and null are "". */
  public static String text(@Nullable Object value) {
    if (value == null || value.equals(Boolean.FALSE)) {
      return "";
    }
    if (value.equals(Boolean.TRUE)) {
      return "1";
    }
    if (value instanceof BigDecimal decimal) {
      if (Math.abs((long) decimal.scale()) > MOST_SCALE) {
        return decimal.toString();
      }
      BigDecimal number = decimal.stripTrailingZeros();
      return Math.abs(number.scale()) <= MOST_ZEROS ? number.toPlainString() : number.toString();
    }
    return value.toString();
  }

  /** The items of a list; a text is taken apart at commas and spaces. */
  public static List<?> items(Object value) {
    return items(value, Integer.MAX_VALUE - 2);
  }

  /** The same, but of a text that has more than so many, only some more are taken apart. */
  public static List<?> items(Object value, int most) {
    if (value instanceof List<?> list) {
      return list;
    }
    // There may be nothing before the first separator.
    return Arrays.stream(text(value).split("[\\s,]+", most + 2))
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
