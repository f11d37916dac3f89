package io.kbsserver.rest;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads URL-encoded forms and multipart forms. Files in a multipart form are left out. */
final class FormBody {

  private static final int MOST_PARAMETERS = 10_000;
  private static final int LONGEST_PART_HEADER = 16 * 1024;
  private static final Pattern BARE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private FormBody() {}

  /** The parameters of a query string or of a URL-encoded form. */
  static Map<String, Object> urlEncoded(String text) {
    if (text.chars().filter(c -> c == '&').count() >= MOST_PARAMETERS) {
      throw RestException.tooManyParameters(MOST_PARAMETERS);
    }
    NestedParameters parameters = new NestedParameters();
    // A percent sign that begins no escape is a percent sign.
    decoder(BARE_PERCENT.matcher(text).replaceAll("%25"))
        .parameters()
        .forEach((name, values) -> values.forEach(value -> parameters.add(name, value)));
    return parameters.toMap();
  }

  /** The parameters of a multipart form; nothing where it cannot be read. */
  static Optional<Map<String, Object>> multipart(byte[] body, String contentType) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    try {
      HttpPostMultipartRequestDecoder decoder =
          new HttpPostMultipartRequestDecoder(
              new DefaultHttpDataFactory(false),
              request,
              StandardCharsets.UTF_8,
              MOST_PARAMETERS,
              LONGEST_PART_HEADER);
      try {
        return Optional.of(parameters(decoder));
      } finally {
        decoder.destroy();
      }
    } catch (RuntimeException | IOException e) {
      // Netty has many ways to say that a form is broken, and no common type for them.
      return Optional.empty();
    }
  }

  private static Map<String, Object> parameters(HttpPostMultipartRequestDecoder decoder)
      throws IOException {
    if (decoder.currentPartialHttpData() != null) {
      throw new IOException("The form ends too early");
    }
    NestedParameters parameters = new NestedParameters();
    for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
      if (part instanceof Attribute attribute) {
        parameters.add(attribute.getName(), attribute.getValue());
      }
    }
    return parameters.toMap();
  }

  /** The semicolon is an ordinary character to WordPress. */
  private static QueryStringDecoder decoder(String text) {
    return QueryStringDecoder.builder()
        .hasPath(false)
        .maxParams(MOST_PARAMETERS)
        .semicolonIsNormalChar(true)
        .charset(StandardCharsets.UTF_8)
        .build(text);
  }
}
