package io.kbsserver.wordpress;

/**
 * Checks the values of one row against what the columns here can hold, and complains of the rest.
 */
final class RowReader {

  private static final int MAX_TEXT_BYTES = 65_535;
  private static final int MAX_MEDIUM_TEXT_BYTES = 16_777_215;

  private final Kind kind;
  private final long id;
  private final ImportLog log;

  RowReader(Kind kind, long id, ImportLog log) {
    this.kind = kind;
    this.id = id;
    this.log = log;
  }

  /** A part of the row is not as it is in WordPress. */
  void problem(String what) {
    log.problem(kind, id, what);
  }

  /** The row is odd, but here as it is there. */
  void information(String what) {
    log.information(kind, id, what);
  }

  /** A text for a VARCHAR, cut where it is too long; null stays null. */
  String text(String what, String value, int maxCharacters) {
    if (value == null || value.codePointCount(0, value.length()) <= maxCharacters) {
      return value;
    }
    problem(what + " is longer than " + maxCharacters + " characters and was cut");
    return start(value, maxCharacters);
  }

  /** A text for a TEXT column. */
  String longText(String what, String value) {
    return bytes(what, value, MAX_TEXT_BYTES);
  }

  /** A text for a MEDIUMTEXT column. */
  String veryLongText(String what, String value) {
    return bytes(what, value, MAX_MEDIUM_TEXT_BYTES);
  }

  /** A text for an ASCII column; null, with a complaint, where it is anything else. */
  String ascii(String what, String value, int maxCharacters) {
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
  String email(String what, String value) {
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
  Long reference(String what, String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    String digits = value.strip();
    if (!digits.matches("[0-9]{1,18}")) {
      problem(what + " is no id: " + start(value, 40));
      return null;
    }
    long number = Long.parseLong(digits);
    return number == 0 ? null : number;
  }

  /** A value read by {@link PhpSerialized}; null, with a complaint, where it is broken. */
  Object serialized(String what, String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    try {
      return PhpSerialized.parse(value);
    } catch (PhpSerializedException e) {
      problem(what + " is not readable (" + e.getMessage() + "); left out");
      return null;
    }
  }

  /** The first characters of a text. */
  static String start(String value, int maxCharacters) {
    return value.codePointCount(0, value.length()) <= maxCharacters
        ? value
        : value.substring(0, value.offsetByCodePoints(0, maxCharacters));
  }

  /** A boolean column's value. */
  static String flag(boolean value) {
    return value ? "1" : "0";
  }

  /** A nullable id column's value. */
  static String id(Long value) {
    return value == null ? null : value.toString();
  }

  private String bytes(String what, String value, int maxBytes) {
    // No character takes more than three bytes in UTF-8 for each of its UTF-16 units.
    if (value == null || value.length() <= maxBytes / 3) {
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
