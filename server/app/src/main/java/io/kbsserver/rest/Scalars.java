package io.kbsserver.rest;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as WordPress reads them, where everything may come as text. */
final class Scalars {

  private static final Pattern NUMBER =
      Pattern.compile(
          "\\s*[+-]?(?:\\d{1,400}(?:\\.\\d{0,400})?|\\.\\d{1,400})(?:[eE][+-]?\\d{1,3})?\\s*");
  private static final Pattern LEADING_NUMBER =
      Pattern.compile(
          "\\s*([+-]?(?:\\d{1,400}(?:\\.\\d{0,400})?|\\.\\d{1,400})(?:[eE][+-]?\\d{1,3})?)");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,400}");
  private static final int MOST_ZEROS = 20;

  /** A number with a longer exponent is not looked at. */
  private static final long MOST_SCALE = 10_000;

  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private Scalars() {}

  /** Whether a value means "not given": nothing, "", "0", 0, false, an empty list. */
  static boolean isEmpty(Object value) {
    return value == null
        || value.equals("")
        || value.equals("0")
        || value.equals(Boolean.FALSE)
        || (value instanceof Number number && number.doubleValue() == 0)
        || (value instanceof Collection<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  /** Whether a value is a list or an object. */
  static boolean isCompound(Object value) {
    return value instanceof Collection || value instanceof Map;
  }

  /** A scalar as text: 1.50 is "1.5", true is "1", false and null are "". */
  static String text(Object value) {
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

  /** The whole number that a value is ("5.0" and "1e1" are), or nothing. */
  static Optional<Long> integer(Object value) {
    if (!(value instanceof Number) && !(value instanceof String)) {
      return Optional.empty();
    }
    String text = value.toString();
    if (!NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(text.strip());
    if (number.stripTrailingZeros().scale() > 0) {
      return Optional.empty();
    }
    return Optional.of(bounded(number));
  }

  /** The id that a value is: a whole number, or a text of nothing but digits. */
  static Optional<Long> exactId(Object value) {
    return value instanceof Number
            || (value instanceof String text && DIGITS.matcher(text).matches())
        ? integer(value).filter(id -> id >= 0)
        : Optional.empty();
  }

  /** The id that PHP makes of a value: "7abc", 7.5 and -7 mean 7. */
  static Optional<Long> absoluteId(Object value) {
    if (!(value instanceof Number) && !(value instanceof String)) {
      return Optional.empty();
    }
    Matcher number = LEADING_NUMBER.matcher(value.toString());
    return number.lookingAt()
        ? Optional.of(Math.abs(bounded(new BigDecimal(number.group(1)))))
        : Optional.empty();
  }

  /** The id that a value is; old clients may rely on what PHP makes of one. */
  static Optional<Long> id(Object value, boolean lenient) {
    return (lenient ? absoluteId(value) : exactId(value)).filter(id -> id > 0);
  }

  private static long bounded(BigDecimal number) {
    if (number.abs().compareTo(LARGEST) > 0) {
      return number.signum() > 0 ? Long.MAX_VALUE : -Long.MAX_VALUE;
    }
    return number.longValue();
  }

  /** The items of a list; a text is taken apart at commas and spaces. */
  static List<?> items(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    return Arrays.stream(text(value).split("[\\s,]+")).filter(item -> !item.isEmpty()).toList();
  }
}
