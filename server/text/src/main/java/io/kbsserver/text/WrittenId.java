package io.kbsserver.text;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client writes where it means something that has an id: the id, or a text that says it
 * otherwise, such as the number of a ticket or an e-mail address.
 *
 * @param text what was written
 * @param id the id that it is, where it is one
 */
public record WrittenId(String text, Optional<Long> id) {

  private static final Pattern DIGITS = Pattern.compile("\\d{1,400}");

  /** A text that is an id exactly, or none. */
  public static WrittenId of(String text) {
    return new WrittenId(text, exact(text));
  }

  /**
   * The id that a value is: a whole number, or a text of nothing but digits, with zeros before them
   * or without. One beyond all ids is an id that nothing has.
   */
  public static Optional<Long> exact(Object value) {
    return value instanceof Number
            || (value instanceof String text && DIGITS.matcher(text).matches())
        ? WrittenNumber.integer(value).filter(id -> id >= 0)
        : Optional.empty();
  }

  /** The id that PHP makes of a value: "7abc", 7.5 and -7 mean 7. */
  public static Optional<Long> ofPhp(Object value) {
    return WrittenNumber.start(value).map(Math::abs);
  }

  /** The id that a value is, of something; old clients may rely on what PHP makes of one. */
  public static Optional<Long> ofSomething(Object value, boolean lenient) {
    return (lenient ? ofPhp(value) : exact(value)).filter(id -> id > 0);
  }
}
