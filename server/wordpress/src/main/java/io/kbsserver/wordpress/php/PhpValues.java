package io.kbsserver.wordpress.php;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What values read by {@link PhpSerialized} mean. */
public final class PhpValues {

  private static final JsonFactory JSON = new JsonFactory();

  private PhpValues() {}

  /** The elements of an array, whatever its keys; nothing for any other value. */
  public static Collection<?> elements(@Nullable Object value) {
    return value instanceof Map<?, ?> array ? array.values() : List.of();
  }

  /** A scalar as PHP writes it in a string; null for null and arrays. */
  public static @Nullable String text(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth ? "1" : "";
    }
    if (value instanceof Double number) {
      return number(number);
    }
    return value == null || value instanceof Map ? null : value.toString();
  }

  /** A whole number that is a number or all digits; nothing for any other value. */
  public static OptionalLong id(@Nullable Object value) {
    if (value instanceof Long number) {
      return OptionalLong.of(number);
    }
    if (value instanceof String text && text.matches("[0-9]{1,18}")) {
      return OptionalLong.of(Long.parseLong(text));
    }
    return OptionalLong.empty();
  }

  /** Whether PHP takes a value for true. */
  public static boolean truthy(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Map<?, ?> array) {
      return value instanceof PhpObject || !array.isEmpty();
    }
    return value != null && !value.toString().isEmpty() && !value.toString().equals("0");
  }

  /**
   * As JSON; an array whose keys count from zero is a list, and an object its visible properties,
   * as PHP's {@code json_encode} has it.
   */
  public static String json(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      write(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** An array as a JSON object, whatever its keys. */
  public static String jsonObject(Map<?, ?> array) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      writeObject(generator, array instanceof PhpObject object ? object.visible() : array);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      json.writeNumber(number);
    } else if (value instanceof Map<?, ?> array) {
      writeArray(json, array);
    } else {
      json.writeString(value.toString());
    }
  }

  private static void writeArray(JsonGenerator json, Map<?, ?> array) throws IOException {
    if (array instanceof PhpObject object) {
      writeObject(json, object.visible());
    } else if (isList(array)) {
      json.writeStartArray();
      for (Object element : array.values()) {
        write(json, element);
      }
      json.writeEndArray();
    } else {
      writeObject(json, array);
    }
  }

  private static void writeObject(JsonGenerator json, Map<?, ?> array) throws IOException {
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : array.entrySet()) {
      json.writeFieldName(entry.getKey().toString());
      write(json, entry.getValue());
    }
    json.writeEndObject();
  }

  private static boolean isList(Map<?, ?> array) {
    long expected = 0;
    for (Object key : array.keySet()) {
      if (!key.equals(expected++)) {
        return false;
      }
    }
    return true;
  }

  private static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
