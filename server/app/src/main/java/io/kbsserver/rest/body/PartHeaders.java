package io.kbsserver.rest.body;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What counts of the headers of a part of a multipart form, as in PHP: the name, whether it is a
 * file, and the charset of a field. Whatever else they say is not looked at.
 *
 * @param name the name; empty where the part has none
 * @param fileName the name of the file; null where the part is a field
 * @param contentType the content type; empty where there is none
 */
record PartHeaders(byte[] name, @Nullable String fileName, String contentType) {

  private static final Pattern FOLD = Pattern.compile("\r?\n[ \t]+");
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([^\\s=;\"]+)\\s*=\\s*(?:\"([^\"]*)\"|([^;]*))");

  /** How RFC 8187 writes a text in UTF-8. */
  private static final Pattern EXTENDED =
      Pattern.compile("UTF-8'[^']*'(.*)", Pattern.CASE_INSENSITIVE);

  /** Stands for a quotation mark in a quoted text; no byte gives it. */
  private static final String QUOTED_QUOTE = "\u201D";

  /** Reads headers in which each character is a byte. */
  static PartHeaders of(String headers) {
    String lines = FOLD.matcher(headers).replaceAll(" ");
    Map<String, String> parameters = parameters(value("Content-Disposition", lines).orElse(""));
    return new PartHeaders(
        parameters.getOrDefault("name", "").strip().getBytes(StandardCharsets.ISO_8859_1),
        parameters.getOrDefault("filename*", parameters.get("filename")),
        value("Content-Type", lines).orElse(""));
  }

  boolean isNameless() {
    return name.length == 0;
  }

  boolean isFile() {
    return fileName != null;
  }

  /** The name of the file as text; what is no UTF-8 in it is no text. */
  String sentFileName() {
    String sent = fileName == null ? "" : fileName;
    Matcher extended = EXTENDED.matcher(sent);
    if (extended.matches()) {
      try {
        return QueryStringDecoder.decodeComponent(
            extended.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return extended.group(1);
      }
    }
    return new String(sent.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  boolean hasFileName() {
    return fileName != null && !fileName.isEmpty();
  }

  /** The charset that a field itself declares. */
  Optional<Charset> charset() {
    return DeclaredCharset.parameterOf(contentType).isEmpty()
        ? Optional.empty()
        : Optional.of(DeclaredCharset.of(contentType));
  }

  private static Map<String, String> parameters(String disposition) {
    Map<String, String> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(disposition.replace("\\\"", QUOTED_QUOTE));
    while (matcher.find()) {
      String value = matcher.group(2) == null ? matcher.group(3).strip() : matcher.group(2);
      parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), value.replace(QUOTED_QUOTE, "\""));
    }
    return parameters;
  }

  private static Optional<String> value(String header, String lines) {
    return lines
        .lines()
        .filter(line -> line.regionMatches(true, 0, header + ":", 0, header.length() + 1))
        .map(line -> line.substring(header.length() + 1))
        .findFirst();
  }
}
