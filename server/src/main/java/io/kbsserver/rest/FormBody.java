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
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads URL-encoded forms and multipart forms. Of files, only the names are kept. */
final class FormBody {

  private static final int MOST_PARAMETERS = 10_000;
  private static final int LONGEST_PART_HEADER = 16 * 1024;
  private static final Pattern BARE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private FormBody() {}

  /** The parameters of a query string or of a URL-encoded form. */
  static Parameters urlEncoded(String text) {
    if (text.chars().filter(c -> c == '&').count() >= MOST_PARAMETERS) {
      throw RestException.tooManyParameters(MOST_PARAMETERS);
    }
    NestedParameters parameters = new NestedParameters();
    // A percent sign that begins no escape is a percent sign.
    String encoded = BARE_PERCENT.matcher(text).replaceAll("%25");
    // One by one: which comes first matters where indexes are mixed.
    for (String pair : encoded.split("&")) {
      String[] nameAndValue = pair.split("=", 2);
      if (!nameAndValue[0].isEmpty()) {
        parameters.add(
            decoded(nameAndValue[0]), nameAndValue.length > 1 ? decoded(nameAndValue[1]) : "");
      }
    }
    return parameters.toParameters(Set.of());
  }

  /** The parameters of a multipart form; nothing where it cannot be read. */
  static Optional<Parameters> multipart(byte[] body, String contentType) {
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

  private static Parameters parameters(HttpPostMultipartRequestDecoder decoder) throws IOException {
    if (decoder.currentPartialHttpData() != null) {
      throw new IOException("The form ends too early");
    }
    NestedParameters parameters = new NestedParameters();
    Set<String> files = new LinkedHashSet<>();
    for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
      if (part instanceof Attribute attribute) {
        parameters.add(attribute.getName(), attribute.getValue());
      } else if (part instanceof FileUpload file && !isLeftEmpty(file)) {
        files.add(file.getName().split("\\[", 2)[0]);
      }
    }
    return parameters.toParameters(files);
  }

  /** How a browser sends a field for a file in which there is none. */
  private static boolean isLeftEmpty(FileUpload file) {
    return file.getFilename().isEmpty() && file.length() == 0;
  }

  private static String decoded(String text) {
    return QueryStringDecoder.decodeComponent(text, StandardCharsets.UTF_8);
  }
}
