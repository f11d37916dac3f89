package io.kbsserver.rest;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads URL-encoded forms and multipart forms. Of files, only the names are kept. */
final class FormBody {

  private static final int MOST_PARAMETERS = 10_000;
  private static final Pattern BARE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private FormBody() {}

  /** The parameters of a query string. */
  static Parameters query(String text) {
    return urlEncoded(text.getBytes(StandardCharsets.US_ASCII), StandardCharsets.UTF_8);
  }

  /**
   * The parameters of a URL-encoded form.
   *
   * @param charset the charset of the form, unless one of its fields names another
   */
  static Parameters urlEncoded(byte[] form, Charset charset) {
    // One character for each byte, until it is known which charset the form is in.
    String text = new String(form, StandardCharsets.ISO_8859_1);
    if (text.chars().filter(c -> c == '&').count() >= MOST_PARAMETERS) {
      throw RestException.tooManyParameters(MOST_PARAMETERS);
    }
    List<MultipartForm.Field> fields = new ArrayList<>();
    // A percent sign that begins no escape is a percent sign.
    for (String pair : BARE_PERCENT.matcher(text).replaceAll("%25").split("&")) {
      String[] nameAndValue = pair.split("=", 2);
      if (!nameAndValue[0].isEmpty()) {
        byte[] value = nameAndValue.length > 1 ? decoded(nameAndValue[1]) : new byte[0];
        fields.add(new MultipartForm.Field(decoded(nameAndValue[0]), value, null));
      }
    }
    return parameters(fields, List.of(), charset);
  }

  /** The parameters of a multipart form; nothing where it cannot be read. */
  static Optional<Parameters> multipart(byte[] body, String contentType) {
    Charset charset = DeclaredCharset.of(contentType);
    return MultipartForm.read(body, contentType, MOST_PARAMETERS)
        .map(form -> parameters(fields(form), form.files(), charset));
  }

  /** The fields of a form, and one for what nobody can take because it has no name. */
  private static List<MultipartForm.Field> fields(MultipartForm form) {
    List<MultipartForm.Field> fields = new ArrayList<>(form.fields());
    if (form.nameless()) {
      byte[] body = "body".getBytes(StandardCharsets.US_ASCII);
      fields.add(new MultipartForm.Field(body, body, StandardCharsets.US_ASCII));
    }
    return fields;
  }

  /** One by one: which comes first matters where indexes are mixed. */
  private static Parameters parameters(
      List<MultipartForm.Field> fields, List<byte[]> files, Charset declared) {
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
    Set<String> names = new LinkedHashSet<>();
    files.forEach(file -> names.add(texts.name(file).split("\\[", 2)[0]));
    texts.refuseUnreadable();
    return parameters.toParameters(names);
  }

  private static byte[] decoded(String text) {
    return QueryStringDecoder.decodeComponent(text, StandardCharsets.ISO_8859_1)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
