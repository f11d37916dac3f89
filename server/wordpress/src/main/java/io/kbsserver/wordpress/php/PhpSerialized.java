package io.kbsserver.wordpress.php;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what PHP's {@code serialize} writes: null, booleans, integers, floats, strings, arrays,
 * objects and references.
 *
 * <p>Arrays become a {@code LinkedHashMap} whose keys are {@code Long} or {@code String}, as in
 * PHP. Objects become a {@link PhpObject}, which is data as well: what makes such readers dangerous
 * is to bring objects to life, and that never happens. A reference is the value that it refers to;
 * null, where that is a value around it.
 *
 * <p>Strict: the first thing that is wrong ends it. {@link PhpReading} saves what can be saved.
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

  /** What stands for a value that is still being read. */
  private static final Object OPEN = new Object();

  private final byte[] bytes;
  // Where each character counts as one byte: the characters themselves. Else null.
  private final @Nullable String characters;
  // The values by the number under which a reference names them, and what each weighs.
  private final List<@Nullable Object> values = new ArrayList<>();
  private final List<Long> weights = new ArrayList<>();
  private long referred;
  private int position;

  private PhpSerialized(byte[] bytes, @Nullable String characters, int position) {
    this.bytes = bytes;
    this.characters = characters;
    this.position = position;
  }

  /** Reads from the middle of a text. */
  static PhpSerialized at(byte[] bytes, int position) {
    return new PhpSerialized(bytes, null, position);
  }

  /**
   * Reads a text to its end; blanks around it are ignored, as WordPress does.
   *
   * @param text what is stored
   * @return null, a Boolean, Long, Double, String, LinkedHashMap or PhpObject
   * @throws PhpSerializedException if the text is anything else
   */
  public static @Nullable Object parse(String text) throws PhpSerializedException {
    return parse(bytes(text));
  }

  static @Nullable Object parse(byte[] bytes) throws PhpSerializedException {
    return new PhpSerialized(bytes, null, 0).all();
  }

  /** Like {@link #parse}, of a text whose lengths count characters: it took one byte for each. */
  static @Nullable Object parseCharacters(String text) throws PhpSerializedException {
    String characters = text.strip();
    byte[] bytes = characters.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length != characters.length()) {
      throw new PhpSerializedException("characters that take more than one byte", 0);
    }
    return new PhpSerialized(bytes, characters, 0).all();
  }

  /** A text's bytes, which is what PHP counts. */
  static byte[] bytes(String text) throws PhpSerializedException {
    if (text.length() > MAX_BYTES) {
      throw new PhpSerializedException("longer than " + MAX_BYTES + " bytes", 0);
    }
    return text.strip().getBytes(StandardCharsets.UTF_8);
  }

  /** Where the next byte is that was not read. */
  int position() {
    return position;
  }

  private @Nullable Object all() throws PhpSerializedException {
    Object value = value(0);
    if (position != bytes.length) {
      throw wrong("more than one value");
    }
    return value;
  }

  /** The next value, which lies so many arrays deep. */
  @Nullable Object value(int depth) throws PhpSerializedException {
    int start = position;
    char type = (char) next();
    // The one kind of value that gets no number.
    if (type == 'R') {
      return referred(start);
    }
    int number = values.size();
    long before = position + referred;
    values.add(OPEN);
    weights.add(0L);
    Object value = value(type, depth, start);
    values.set(number, value);
    weights.set(number, position + referred - before);
    return value;
  }

  private @Nullable Object value(char type, int depth, int start) throws PhpSerializedException {
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
      case 'a', 'O':
        return elements(opening(type), depth, start);
      case 'C':
        return objectOfItsOwnFormat();
      case 'E':
        return enumCase();
      case 'r':
        return referred(start);
      default:
        throw new PhpSerializedException("no value", start);
    }
  }

  /** What a class wrote in a format that only it knows. */
  private PhpObject objectOfItsOwnFormat() throws PhpSerializedException {
    PhpObject object = new PhpObject(string());
    expect(':');
    int length = length();
    expect('{');
    object.put("serialized", slice(length));
    expect('}');
    return object;
  }

  private PhpObject enumCase() throws PhpSerializedException {
    String name = string();
    expect(';');
    int colon = name.indexOf(':');
    PhpObject object = new PhpObject(name.substring(0, Math.max(0, colon)));
    object.put("name", name.substring(colon + 1));
    return object;
  }

  /** What a reference refers to, as long as that does not multiply the whole beyond reason. */
  private @Nullable Object referred(int start) throws PhpSerializedException {
    expect(':');
    long number = integer(until(';'), start);
    if (number < 1 || number > values.size()) {
      throw new PhpSerializedException("a reference to nothing", start);
    }
    Object value = values.get((int) number - 1);
    referred += weights.get((int) number - 1);
    if (referred > MAX_BYTES) {
      throw new PhpSerializedException("references that make it too long", start);
    }
    return value == OPEN ? null : value;
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
    String text = slice(length);
    expect('"');
    return text;
  }

  private String slice(int length) throws PhpSerializedException {
    if (length > bytes.length - position) {
      throw wrong("a string that is longer than the text");
    }
    int start = position;
    position += length;
    return characters == null
        ? new String(bytes, start, length, StandardCharsets.UTF_8)
        : characters.substring(start, position);
  }

  /**
   * The beginning of an array or object.
   *
   * @param collection what its elements go into
   * @param size how many it says it has
   */
  record Opening(Map<Object, Object> collection, int size) {

    void add(Object key, @Nullable Object value) {
      if (collection instanceof PhpObject object) {
        object.property(key, value);
      } else {
        collection.put(key, value);
      }
    }
  }

  /** The beginning of the next value, which must be an array or object. */
  Opening opening() throws PhpSerializedException {
    int start = position;
    char type = (char) next();
    if (type != 'a' && type != 'O') {
      throw new PhpSerializedException("no array", start);
    }
    return opening(type);
  }

  private Opening opening(char type) throws PhpSerializedException {
    Map<Object, Object> collection = type == 'O' ? new PhpObject(string()) : new LinkedHashMap<>();
    expect(':');
    int size = length();
    expect('{');
    return new Opening(collection, size);
  }

  private Map<Object, Object> elements(Opening opening, int depth, int start)
      throws PhpSerializedException {
    if (depth >= MAX_DEPTH) {
      throw new PhpSerializedException("arrays nested deeper than " + MAX_DEPTH, start);
    }
    // The shortest element, i:0;N;, takes six bytes: a size beyond that is a lie.
    if (opening.size() > (bytes.length - position) / 6) {
      throw wrong("an array that is longer than the text");
    }
    for (int i = 0; i < opening.size(); i++) {
      Object key = key();
      opening.add(key, value(depth + 1));
    }
    expect('}');
    return opening.collection();
  }

  /** The next key of an array, or name of a property. */
  Object key() throws PhpSerializedException {
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
