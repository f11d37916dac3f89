package io.kbsserver.rest;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads URL-encoded forms and multipart forms. Files in a multipart form are left out. */
final class FormBody {

  private static final int MOST_PARAMETERS = 10_000;

  /** What a form may hold as it is and the decoder takes for something else. */
  private static final Pattern LITERAL = Pattern.compile("%(?![0-9A-Fa-f]{2})|#|^\\?");

  private FormBody() {}

  /** The parameters of a query string. */
  static Map<String, Object> query(String text) {
    return urlEncoded(text.getBytes(StandardCharsets.US_ASCII), StandardCharsets.UTF_8);
  }

  /**
   * The parameters of a URL-encoded form.
   *
   * @param charset the charset of the form, unless one of its fields names another
   */
  static Map<String, Object> urlEncoded(byte[] form, Charset charset) {
    // One character for each byte, until it is known which charset the form is in.
    String text = new String(form, StandardCharsets.ISO_8859_1);
    if (text.chars().filter(c -> c == '&').count() >= MOST_PARAMETERS) {
      throw RestException.tooManyParameters(MOST_PARAMETERS);
    }
    String escaped =
        LITERAL
            .matcher(text)
            .replaceAll(match -> "%%%02X".formatted((int) match.group().charAt(0)));
    Map<String, List<String>> fields = decoder(escaped).parameters();
    ParameterText texts =
        new ParameterText(
            Optional.ofNullable(fields.get(DeclaredCharset.FIELD))
                .map(values -> DeclaredCharset.ofField(values.get(values.size() - 1)))
                .orElse(charset));
    NestedParameters parameters = new NestedParameters();
    fields.forEach(
        (field, values) -> {
          String name = texts.name(bytes(field));
          values.forEach(value -> parameters.add(name, texts.value(name, bytes(value))));
        });
    texts.refuseUnreadable();
    return parameters.toMap();
  }

  /** The parameters of a multipart form; nothing where it cannot be read. */
  static Optional<Map<String, Object>> multipart(byte[] body, String contentType) {
    Charset charset = DeclaredCharset.of(contentType);
    return MultipartForm.fields(body, contentType, MOST_PARAMETERS)
        .map(fields -> parameters(fields, charset));
  }

  private static Map<String, Object> parameters(
      List<MultipartForm.Field> fields, Charset declared) {
    Charset charset =
        fields.stream()
            .filter(field -> text(field.name()).equals(DeclaredCharset.FIELD))
            .map(field -> DeclaredCharset.ofField(text(field.value())))
            .reduce(declared, (first, last) -> last);
    ParameterText texts = new ParameterText(charset);
    NestedParameters parameters = new NestedParameters();
    for (MultipartForm.Field field : fields) {
      String name = texts.name(field.name());
      Charset own = Optional.ofNullable(field.charset()).orElse(charset);
      parameters.add(name, texts.value(name, field.value(), own));
    }
    texts.refuseUnreadable();
    return parameters.toMap();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The semicolon is an ordinary character to WordPress. */
  private static QueryStringDecoder decoder(String text) {
    return QueryStringDecoder.builder()
        .hasPath(false)
        .maxParams(MOST_PARAMETERS)
        .semicolonIsNormalChar(true)
        .charset(StandardCharsets.ISO_8859_1)
        .build(text);
  }
}
