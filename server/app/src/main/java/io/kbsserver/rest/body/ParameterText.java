package io.kbsserver.rest.body;

import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes text of the bytes in which names and values of parameters came. There is no character that
 * stands for bytes that are none: a parameter with such bytes is refused, and named.
 */
public final class ParameterText {

  private static final int MOST_NAMED = 100;

  private final Charset charset;
  private final Map<String, Fault> faults = new LinkedHashMap<>();

  /**
   * For one query or one body.
   *
   * @param charset the charset of what does not declare another
   */
  public ParameterText(Charset charset) {
    this.charset = charset;
  }

  /** The text of these bytes; nothing where they are not text in that charset. */
  public static Optional<String> decoded(byte[] bytes, Charset charset) {
    CharsetDecoder decoder = charset.newDecoder();
    int most = (int) Math.ceil(bytes.length * (double) decoder.maxCharsPerByte());
    CharBuffer text = CharBuffer.allocate(most);
    // Without exceptions, of which thousands of parameters would make as many.
    boolean readable =
        !decoder.decode(ByteBuffer.wrap(bytes), text, true).isError()
            && !decoder.flush(text).isError();
    return readable ? Optional.of(text.flip().toString()) : Optional.empty();
  }

  /** A name, which stands among ASCII; what cannot be read is escaped. */
  String name(byte[] bytes) {
    Charset named = DeclaredCharset.containsAscii(charset) ? charset : StandardCharsets.UTF_8;
    return decoded(bytes, named)
        .orElseGet(
            () -> {
              String raw = new String(bytes, StandardCharsets.ISO_8859_1);
              return refused(URLEncoder.encode(raw, StandardCharsets.ISO_8859_1), named);
            });
  }

  /** A value. */
  public String value(String name, byte[] bytes) {
    return value(name, bytes, charset);
  }

  /** A value that declares its charset. */
  String value(String name, byte[] bytes, Charset declared) {
    boolean namesTheCharset = name.equals(DeclaredCharset.FIELD);
    return decoded(bytes, namesTheCharset ? StandardCharsets.US_ASCII : declared)
        .orElseGet(
            () -> {
              refused(name, declared);
              return "";
            });
  }

  private String refused(String name, Charset declared) {
    int bracket = name.indexOf('[');
    String parameter = bracket > 0 ? name.substring(0, bracket) : name;
    if (faults.size() < MOST_NAMED) {
      String message = "%s is not valid %s.".formatted(parameter, declared.name());
      faults.put(parameter, new Fault("rest_invalid_text", message));
    }
    return name;
  }

  /** What ends the request if anything could not be read. */
  Optional<RuntimeException> refusal() {
    return faults.isEmpty() ? Optional.empty() : Optional.of(new InvalidParameters(faults));
  }

  /** Ends the request if anything could not be read. */
  public void refuseUnreadable() {
    refusal()
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }
}
