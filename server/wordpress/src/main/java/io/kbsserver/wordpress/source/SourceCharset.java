package io.kbsserver.wordpress.source;

import com.mysql.cj.CharsetMapping;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The character set in which WordPress talks to its database: {@code DB_CHARSET} in wp-config.php.
 *
 * <p>Where that is not Unicode, WordPress sends its UTF-8 all the same, and gets the same bytes
 * back; only the database takes them for something else. So the bytes are what counts: those that
 * WordPress would get are UTF-8, and what is not was written by somebody else and is what the
 * database takes it for.
 */
final class SourceCharset {

  static final String BINARY = "binary";

  private static final Map<String, String> JAVA_NAMES = javaNames();

  /** Texts are what the database takes them for. */
  static final SourceCharset UNICODE = new SourceCharset("utf8mb4");

  private final String name;
  // By character, for character sets of one byte each; else null.
  private final @Nullable Map<Character, Byte> bytesOfCharacters;

  private SourceCharset(String name) {
    this.name = name;
    this.bytesOfCharacters = isUnicode(name) ? null : table(java(name));
  }

  /**
   * Finds one.
   *
   * @param name as MySQL calls it
   * @return nothing if there is none of that name
   */
  static Optional<SourceCharset> named(String name) {
    String known = name.strip().toLowerCase(Locale.ROOT);
    if (isUnicode(known)) {
      return Optional.of(UNICODE);
    }
    boolean usable =
        JAVA_NAMES.containsKey(known) && !known.equals(BINARY) && !known.startsWith("u");
    return usable ? Optional.of(new SourceCharset(known)) : Optional.empty();
  }

  /** Whether a character set of a database is UTF-8. */
  static boolean isUnicode(String charset) {
    return charset.equals("utf8") || charset.equals("utf8mb3") || charset.equals("utf8mb4");
  }

  /** Whether each of its characters is one byte. */
  static boolean isOfOneByte(String charset) {
    return named(charset).filter(known -> known.bytesOfCharacters != null).isPresent();
  }

  /** Whether texts are what the database takes them for. */
  boolean isUnicode() {
    return isUnicode(name);
  }

  /** Whether texts of a column are decoded here and not by the driver. */
  boolean decodes(String charsetOfColumn) {
    return !isUnicode() || charsetOfColumn.equals(BINARY);
  }

  /** The text that WordPress would read from a column. */
  String text(byte[] bytes, String charsetOfColumn) {
    if (isAscii(bytes)) {
      return new String(bytes, StandardCharsets.US_ASCII);
    }
    if (charsetOfColumn.equals(BINARY) || charsetOfColumn.equals(name)) {
      return utf8(bytes).orElseGet(() -> decoded(bytes, isUnicode() ? "latin1" : name));
    }
    String text = decoded(bytes, charsetOfColumn);
    return bytes(text).flatMap(SourceCharset::utf8).orElse(text);
  }

  /** The bytes that WordPress would get for a text; nothing where it would get question marks. */
  Optional<byte[]> bytes(String text) {
    if (bytesOfCharacters == null) {
      try {
        ByteBuffer encoded = java(name).newEncoder().encode(CharBuffer.wrap(text));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return Optional.of(bytes);
      } catch (CharacterCodingException e) {
        return Optional.empty();
      }
    }
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      Byte value = bytesOfCharacters.get(text.charAt(i));
      if (value == null) {
        return Optional.empty();
      }
      bytes[i] = value;
    }
    return Optional.of(bytes);
  }

  /**
   * The text that bytes are in UTF-8; nothing if they are not. Its last character may be cut where
   * another one shows that it is UTF-8: else that is the last letter of another character set.
   */
  static Optional<String> utf8(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    CoderResult result = decoder.decode(rest, text, false);
    boolean oneByteEach = text.position() == rest.position();
    return result.isError() || (rest.hasRemaining() && oneByteEach)
        ? Optional.empty()
        : Optional.of(text.flip().toString());
  }

  static boolean isAscii(byte[] bytes) {
    for (byte value : bytes) {
      if (value < 0) {
        return false;
      }
    }
    return true;
  }

  private static String decoded(byte[] bytes, String charset) {
    Charset java = java(charset);
    if (java.newEncoder().maxBytesPerChar() > 1) {
      return new String(bytes, java);
    }
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte value : bytes) {
      text.append(character(java, value));
    }
    return text.toString();
  }

  private static @Nullable Map<Character, Byte> table(Charset java) {
    if (java.newEncoder().maxBytesPerChar() > 1) {
      return null;
    }
    Map<Character, Byte> table = new HashMap<>();
    for (int value = 0; value < 256; value++) {
      table.putIfAbsent(character(java, (byte) value), (byte) value);
    }
    return table;
  }

  /** Bytes that a character set leaves undefined are control characters to MySQL. */
  private static char character(Charset java, byte value) {
    char character = new String(new byte[] {value}, java).charAt(0);
    return character == '\uFFFD' ? (char) (value & 0xff) : character;
  }

  private static Map<String, String> javaNames() {
    Map<String, String> names = new HashMap<>();
    for (int collation = 1; collation < CharsetMapping.MAP_SIZE; collation++) {
      String charset = CharsetMapping.getStaticMysqlCharsetNameForCollationIndex(collation);
      String java = CharsetMapping.getStaticJavaEncodingForCollationIndex(collation);
      if (charset != null && java != null) {
        names.putIfAbsent(charset, java);
      }
    }
    return names;
  }

  private static Charset java(String charset) {
    return Charset.forName(JAVA_NAMES.getOrDefault(charset, "UTF-8"));
  }

  @Override
  public String toString() {
    return name;
  }
}
