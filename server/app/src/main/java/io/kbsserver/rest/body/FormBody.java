package io.kbsserver.rest.body;

import io.kbsserver.rest.errors.RestException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads URL-encoded forms and multipart forms. Of files, only the names are kept. */
public final class FormBody {

  static final int MOST_PARAMETERS = 10_000;

  private FormBody() {}

  /**
   * What could be read.
   *
   * @param refusal why not all could be; null if all could
   */
  public record Reading(Parameters parameters, @Nullable RuntimeException refusal) {

    private Parameters orRefused() {
      if (refusal != null) {
        throw refusal;
      }
      return parameters;
    }
  }

  /**
   * The parameters of a query string, which is always UTF-8. What could be read says how to answer
   * that not all could.
   */
  public static Reading query(String text) {
    try {
      return read(
          urlEncoded(text.getBytes(StandardCharsets.US_ASCII)), List.of(), StandardCharsets.UTF_8);
    } catch (RestException e) {
      return new Reading(Parameters.NONE, e);
    }
  }

  /**
   * The parameters of a URL-encoded form.
   *
   * @param charset the charset of the form, unless one of its fields names another
   */
  public static Parameters urlEncoded(byte[] form, Charset charset) {
    List<MultipartForm.Field> fields = urlEncoded(form);
    return read(fields, List.of(), charset(fields).orElse(charset)).orRefused();
  }

  private static List<MultipartForm.Field> urlEncoded(byte[] form) {
    List<MultipartForm.Field> fields = new ArrayList<>();
    int start = 0;
    for (int pairs = 1; start <= form.length; pairs++) {
      if (pairs > MOST_PARAMETERS) {
        throw RestException.tooManyParameters(MOST_PARAMETERS);
      }
      int end = indexOf('&', form, start, form.length);
      int equals = indexOf('=', form, start, end);
      if (equals > start) {
        byte[] value = decoded(form, Math.min(equals + 1, end), end);
        fields.add(new MultipartForm.Field(decoded(form, start, equals), value, null));
      }
      start = end + 1;
    }
    return fields;
  }

  /** Where a character comes first; the end where it does not come. */
  private static int indexOf(char character, byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && bytes[at] != character) {
      at++;
    }
    return at;
  }

  /** The bytes that are meant. A percent sign that begins no escape is a percent sign. */
  private static byte[] decoded(byte[] text, int start, int end) {
    byte[] bytes = new byte[end - start];
    int length = 0;
    for (int at = start; at < end; at++) {
      byte next = text[at];
      if (next == '%' && at + 2 < end && hex(text[at + 1]) >= 0 && hex(text[at + 2]) >= 0) {
        next = (byte) (hex(text[at + 1]) << 4 | hex(text[at + 2]));
        at += 2;
      } else if (next == '+') {
        next = ' ';
      }
      bytes[length++] = next;
    }
    return Arrays.copyOf(bytes, length);
  }

  private static int hex(byte character) {
    return character < 0 ? -1 : Character.digit(character, 16);
  }

  /**
   * A multipart form that is still to come.
   *
   * @param mostBytes how many bytes it may have beside the files that are kept
   * @param uploads where its files go
   */
  public static MultipartForm multipart(String contentType, long mostBytes, UploadedFiles uploads) {
    return new MultipartForm(
        MultipartForm.boundary(contentType), MOST_PARAMETERS, mostBytes, uploads);
  }

  /**
   * The parameters of a multipart form that has come.
   *
   * @param charset the charset of the form, unless one of its fields names another
   */
  public static Parameters parameters(MultipartForm form, Charset charset) {
    form.finish();
    List<MultipartForm.Field> fields = fields(form);
    return read(fields, form.files(), charset(fields).orElse(charset)).orRefused();
  }

  /** The parameter that a file is sent as. */
  static String parameter(byte[] name, ParameterText texts) {
    return texts.name(name).split("\\[", 2)[0];
  }

  /** The fields of a form, and one for what nobody can take because it has no name. */
  private static List<MultipartForm.Field> fields(MultipartForm form) {
    List<MultipartForm.Field> fields = new ArrayList<>(form.fields());
    if (form.hasNamelessParts()) {
      byte[] body = "body".getBytes(StandardCharsets.US_ASCII);
      fields.add(new MultipartForm.Field(body, body, StandardCharsets.US_ASCII));
    }
    return fields;
  }

  /** One by one: which comes first matters where indexes are mixed. */
  private static Reading read(
      List<MultipartForm.Field> fields, List<byte[]> files, Charset charset) {
    ParameterText texts = new ParameterText(charset);
    NestedParameters parameters = new NestedParameters();
    for (MultipartForm.Field field : fields) {
      String name = texts.name(field.name());
      Charset own = Optional.ofNullable(field.charset()).orElse(charset);
      parameters.add(name, texts.value(name, field.value(), own));
    }
    Set<String> names = new LinkedHashSet<>();
    files.forEach(file -> names.add(parameter(file, texts)));
    return new Reading(parameters.toParameters(names), texts.refusal().orElse(null));
  }

  /** The charset that the last of the fields for it names. */
  private static Optional<Charset> charset(List<MultipartForm.Field> fields) {
    return fields.stream()
        .filter(field -> text(field.name()).equals(DeclaredCharset.FIELD))
        .map(field -> DeclaredCharset.ofField(text(field.value())))
        .reduce((first, last) -> last);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
