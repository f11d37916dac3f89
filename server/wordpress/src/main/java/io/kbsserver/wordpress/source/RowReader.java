package io.kbsserver.wordpress.source;

import io.kbsserver.text.PlainText;
import io.kbsserver.wordpress.php.PhpReading;
import io.kbsserver.wordpress.php.PhpValues;
import io.kbsserver.wordpress.report.ImportLog;
import io.kbsserver.wordpress.report.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks the values of one row against what the columns here can hold, and complains of the rest.
 */
public final class RowReader {

  private static final int MAX_TEXT_BYTES = 65_535;
  private static final int MAX_MEDIUM_TEXT_BYTES = 16_777_215;
  private static final int MAX_PATHS = 5;

  private final Kind kind;
  private final long id;
  private final ImportLog log;

  public RowReader(Kind kind, long id, ImportLog log) {
    this.kind = kind;
    this.id = id;
    this.log = log;
  }

  /** A part of the row is not as it is in WordPress. */
  public void problem(String what) {
    log.problem(kind, id, what);
  }

  /** The row is odd, but here as it is there. */
  public void information(String what) {
    log.information(kind, id, what);
  }

  /** A text for a VARCHAR, cut where it is too long; null stays null. */
  public @Nullable String textOrNull(String what, @Nullable String value, int maxCharacters) {
    return value == null ? null : text(what, value, maxCharacters);
  }

  /** A text for a VARCHAR, cut where it is too long. */
  public String text(String what, String value, int maxCharacters) {
    if (value.codePointCount(0, value.length()) <= maxCharacters) {
      return value;
    }
    problem(what + " is longer than " + maxCharacters + " characters and was cut");
    return PlainText.start(value, maxCharacters);
  }

  /** A text for a TEXT column. */
  public String longText(String what, String value) {
    return bytes(what, value, MAX_TEXT_BYTES);
  }

  /** A text for a MEDIUMTEXT column. */
  public String veryLongText(String what, String value) {
    return bytes(what, value, MAX_MEDIUM_TEXT_BYTES);
  }

  /** A text for an ASCII column; null, with a complaint, where it is anything else. */
  public @Nullable String ascii(String what, @Nullable String value, int maxCharacters) {
    if (value == null) {
      return null;
    }
    if (value.length() > maxCharacters || !value.chars().allMatch(c -> c >= ' ' && c < 127)) {
      problem(what + " is not plain ASCII of at most " + maxCharacters + " characters; left out");
      return null;
    }
    return value;
  }

  /** An e-mail address, kept even where it is none; null where it does not fit. */
  public @Nullable String email(String what, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return value;
    }
    if (value.codePointCount(0, value.length()) > 254) {
      problem(what + " is longer than 254 characters; left out");
      return null;
    }
    if (!value.matches("[^@\\s]+@[^@\\s.][^@\\s]*")) {
      information(what + " is no e-mail address: " + value);
    }
    return value;
  }

  /** The id in an attribute; null for none, zero, and, with a complaint, for anything else. */
  public @Nullable Long reference(String what, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    String digits = value.strip();
    if (!digits.matches("[0-9]{1,18}")) {
      problem(what + " is no id: " + PlainText.start(value, 40));
      return null;
    }
    long number = Long.parseLong(digits);
    return number == 0 ? null : number;
  }

  /**
   * A serialised value, with a complaint where some of it could not be read: what could be is kept.
   */
  public @Nullable Object serialized(String what, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    PhpReading reading = PhpReading.of(value);
    if (reading.recounted()) {
      problem(what + " has texts whose lengths were wrong; they were counted anew");
    }
    if (!reading.isWhole()) {
      problem(
          what
              + " is not readable ("
              + reading.damage()
              + "); left out"
              + (reading.value() == null ? "" : ": " + named(reading.lost())));
    }
    return reading.value();
  }

  /**
   * The elements of a serialised list. What stands there alone and matches is a list of one, as it
   * is to PHP; anything else is left out, with a complaint.
   */
  public Collection<?> list(String what, @Nullable String value, String alone) {
    Object stored =
        value != null && value.strip().matches(alone) ? value.strip() : serialized(what, value);
    if (stored == null || stored instanceof Map) {
      return PhpValues.elements(stored);
    }
    if (stored.toString().matches(alone)) {
      information(what + " is a value and no list; taken as a list of one");
      return List.of(stored);
    }
    problem(what + " is no list; left out");
    return List.of();
  }

  /** A serialised value of which all was read; null, with a complaint, where some was not. */
  public @Nullable Object whole(String what, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    PhpReading reading = PhpReading.of(value);
    if (reading.isWhole()) {
      return serialized(what, value);
    }
    problem(what + " is not readable (" + reading.damage() + "); left out");
    return null;
  }

  private static String named(List<String> paths) {
    String first =
        paths.stream()
            .limit(MAX_PATHS)
            .map(path -> PlainText.start(path.replaceAll("\\p{Cntrl}", "?"), 80))
            .collect(Collectors.joining(", "));
    return paths.size() > MAX_PATHS
        ? first + " and " + (paths.size() - MAX_PATHS) + " more"
        : first;
  }

  /** A boolean column's value. */
  public static String flag(boolean value) {
    return value ? "1" : "0";
  }

  /** A nullable id column's value. */
  public static @Nullable String id(@Nullable Long value) {
    return value == null ? null : value.toString();
  }

  private String bytes(String what, String value, int maxBytes) {
    // No character takes more than three bytes in UTF-8 for each of its UTF-16 units.
    if (value.length() <= maxBytes / 3) {
      return value;
    }
    int bytes = 0;
    int end = 0;
    while (end < value.length()) {
      int character = value.codePointAt(end);
      bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
      if (bytes > maxBytes) {
        problem(what + " is longer than " + maxBytes + " bytes and was cut");
        return value.substring(0, end);
      }
      end += Character.charCount(character);
    }
    return value;
  }
}
