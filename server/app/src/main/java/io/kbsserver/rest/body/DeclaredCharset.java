package io.kbsserver.rest.body;

import io.kbsserver.refusal.Fault;
import io.kbsserver.rest.errors.RestException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The charset of a form: declared by its content type or its field {@code _charset_}, or UTF-8. */
public final class DeclaredCharset {

  /** The field that browsers fill with the charset of a form. */
  static final String FIELD = "_charset_";

  private static final Pattern PARAMETER =
      Pattern.compile(
          ";\\s*charset\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^;\\s]*))", Pattern.CASE_INSENSITIVE);

  private DeclaredCharset() {}

  /** What a content type declares. */
  public static Charset of(String contentType) {
    Matcher matcher = PARAMETER.matcher(contentType);
    if (!matcher.find()) {
      return StandardCharsets.UTF_8;
    }
    String name = matcher.group(matcher.start(1) >= 0 ? 1 : matcher.start(2) >= 0 ? 2 : 3).strip();
    return named(name, Map.of());
  }

  /** What the field of a form declares. */
  public static Charset ofField(String value) {
    String message = FIELD + " names no charset that this server knows.";
    return named(value.strip(), Map.of(FIELD, new Fault("rest_unknown_charset", message)));
  }

  /** The charset of a content type as it stands there, with its semicolon; empty without one. */
  static String parameterOf(String contentType) {
    Matcher matcher = PARAMETER.matcher(contentType);
    return matcher.find() ? matcher.group() : "";
  }

  /** Whether letters, digits and what parts parameters are the same bytes as in ASCII. */
  public static boolean containsAscii(Charset charset) {
    String ascii = "&=%+[]09AZaz";
    return charset.canEncode()
        && new String(ascii.getBytes(charset), StandardCharsets.ISO_8859_1).equals(ascii);
  }

  private static Charset named(String name, Map<String, Fault> faults) {
    if (name.isEmpty()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw RestException.unknownCharset(name, faults);
    }
  }
}
