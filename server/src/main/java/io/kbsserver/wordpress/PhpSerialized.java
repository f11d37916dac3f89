package io.kbsserver.wordpress;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads what PHP's {@code serialize} writes for plain data: null, booleans, integers, floats,
 * strings and arrays.
 *
 * <p>Arrays become a {@code LinkedHashMap} whose keys are {@code Long} or {@code String}, as in
 * PHP. Objects and references are refused: no data of a help desk needs them, and they are what
 * makes such readers dangerous.
 */
public final class PhpSerialized {

  /** How deep arrays may be nested. */
  static final int MAX_DEPTH = 64;

  /** How long a text may be, in bytes. */
  static final int MAX_BYTES = 32 * 1024 * 1024;

  private static final int MAX_NUMBER_BYTES = 64;
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,19}");
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern INTEGER_KEY = Pattern.compile("0|-?[1-9][0-9]{0,18}");

  private final byte[] bytes;
  private int position;

  private PhpSerialized(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a text to its end; blanks around it are ignored, as WordPress does.
   *
   * @param text what is stored
   * @return null, a Boolean, Long, Double, String or LinkedHashMap
   * @throws PhpSerializedException if the text is anything else
   */
  public static Object parse(String text) throws PhpSerializedException {
    if (text.length() > MAX_BYTES) {
      throw new PhpSerializedException("longer than " + MAX_BYTES + " bytes", 0);
    }
    // PHP counts the bytes of a string, not its characters.
    byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
    PhpSerialized reader = new PhpSerialized(bytes);
    Object value = reader.value(0);
    if (reader.position != bytes.length) {
      throw reader.wrong("more than one value");
    }
    return value;
  }

  private Object value(int depth) throws PhpSerializedException {
    int start = position;
    char type = (char) next();
    switch (type) {
      case 'N':
        expect(';');
        return null;
      case 'b':
        return bool();
      case 'i':
        expect(':');
        return integer(until(';'), start);
      case 'd':
        expect(':');
        return decimal(until(';'), start);
      case 's':
        String text = string();
        expect(';');
        return text;
      case 'a':
        return array(depth, start);
      case 'O', 'C', 'E':
        throw new PhpSerializedException("an object, which is not read", start);
      case 'R', 'r':
        throw new PhpSerializedException("a reference, which is not read", start);
      default:
        throw new PhpSerializedException("no value", start);
    }
  }

  private Boolean bool() throws PhpSerializedException {
    expect(':');
    int at = position;
    byte digit = next();
    if (digit != '0' && digit != '1') {
      throw new PhpSerializedException("neither true nor false", at);
    }
    expect(';');
    return digit == '1';
  }

  private static Long integer(String digits, int start) throws PhpSerializedException {
    if (!INTEGER.matcher(digits).matches()) {
      throw new PhpSerializedException("no integer", start);
    }
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      throw new PhpSerializedException("an integer of more than 64 bits", start);
    }
  }

  private static Double decimal(String digits, int start) throws PhpSerializedException {
    switch (digits) {
      case "NAN":
        return Double.NaN;
      case "INF":
        return Double.POSITIVE_INFINITY;
      case "-INF":
        return Double.NEGATIVE_INFINITY;
      default:
        if (!FLOAT.matcher(digits).matches()) {
          throw new PhpSerializedException("no number", start);
        }
        return Double.valueOf(digits);
    }
  }

  private String string() throws PhpSerializedException {
    expect(':');
    int length = length();
    expect('"');
    if (length > bytes.length - position) {
      throw wrong("a string that is longer than the text");
    }
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    expect('"');
    return text;
  }

  private Map<Object, Object> array(int depth, int start) throws PhpSerializedException {
    if (depth >= MAX_DEPTH) {
      throw new PhpSerializedException("arrays nested deeper than " + MAX_DEPTH, start);
    }
    expect(':');
    int size = length();
    expect('{');
    // The shortest element, i:0;N;, takes six bytes: a size beyond that is a lie.
    if (size > (bytes.length - position) / 6) {
      throw wrong("an array that is longer than the text");
    }
    Map<Object, Object> array = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      Object key = key();
      array.put(key, value(depth + 1));
    }
    expect('}');
    return array;
  }

  private Object key() throws PhpSerializedException {
    int start = position;
    byte type = next();
    if (type == 'i') {
      expect(':');
      return integer(until(';'), start);
    }
    if (type == 's') {
      String text = string();
      expect(';');
      return INTEGER_KEY.matcher(text).matches() ? integerKey(text) : text;
    }
    throw new PhpSerializedException("no key of an array", start);
  }

  /** PHP turns the keys of arrays that look like an integer into one. */
  private static Object integerKey(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private int length() throws PhpSerializedException {
    int start = position;
    String digits = until(':');
    if (!digits.matches("[0-9]{1,9}")) {
      throw new PhpSerializedException("no length", start);
    }
    return Integer.parseInt(digits);
  }

  /** The ASCII text before a delimiter, which is passed over. */
  private String until(char delimiter) throws PhpSerializedException {
    int start = position;
    int end = Math.min(bytes.length, start + MAX_NUMBER_BYTES);
    while (position < end) {
      if (bytes[position] == delimiter) {
        return new String(bytes, start, position++ - start, StandardCharsets.ISO_8859_1);
      }
      position++;
    }
    throw new PhpSerializedException("no '" + delimiter + "' after a number", start);
  }

  private void expect(char wanted) throws PhpSerializedException {
    int at = position;
    if (next() != wanted) {
      throw new PhpSerializedException("no '" + wanted + "'", at);
    }
  }

  private byte next() throws PhpSerializedException {
    if (position >= bytes.length) {
      throw wrong("an end too early");
    }
    return bytes[position++];
  }

  private PhpSerializedException wrong(String message) {
    return new PhpSerializedException(message, position);
  }
}
