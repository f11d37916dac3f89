package io.kbsserver.text;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as clients write them, which may be text. */
public final class WrittenNumber {

  private static final String DECIMAL =
      "[+-]?(?:\\d{1,400}(?:\\.\\d{0,400})?|\\.\\d{1,400})(?:[eE][+-]?\\d{1,3})?";
  private static final Pattern WHOLE_TEXT = Pattern.compile("\\s*" + DECIMAL + "\\s*");
  private static final Pattern START = Pattern.compile("\\s*(" + DECIMAL + ")");
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private WrittenNumber() {}

  /** The whole number that a value is ("5.0" and "1e1" are), or nothing. */
  public static Optional<Long> integer(Object value) {
    if (!isScalar(value) || !WHOLE_TEXT.matcher(value.toString()).matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(value.toString().strip());
    return number.stripTrailingZeros().scale() > 0
        ? Optional.empty()
        : Optional.of(bounded(number));
  }

  /** The number that a value begins with, without its fraction, as PHP takes it; or nothing. */
  static Optional<Long> start(Object value) {
    if (!isScalar(value)) {
      return Optional.empty();
    }
    Matcher number = START.matcher(value.toString());
    return number.lookingAt()
        ? Optional.of(bounded(new BigDecimal(number.group(1))))
        : Optional.empty();
  }

  private static boolean isScalar(Object value) {
    return value instanceof Number || value instanceof String;
  }

  /** One that is too large is as far away as the largest: nothing has it. */
  private static long bounded(BigDecimal number) {
    if (number.abs().compareTo(LARGEST) > 0) {
      return number.signum() > 0 ? Long.MAX_VALUE : -Long.MAX_VALUE;
    }
    return number.longValue();
  }
}
