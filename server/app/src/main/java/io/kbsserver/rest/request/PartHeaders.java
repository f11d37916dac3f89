package io.kbsserver.rest.request;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What counts of the headers of the parts of a multipart form, as in PHP: the name, whether it is a
 * file, and the charset of a field. Netty refuses the whole form for one header that it does not
 * understand, even in a file that nobody takes.
 */
final class PartHeaders {

  /** The disposition of a part that has no name. */
  private static final String NAMELESS = "form-data; name=\"\"";

  private static final Pattern BOUNDARY =
      Pattern.compile(
          ";\\s*boundary\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]*))", Pattern.CASE_INSENSITIVE);
  private static final Pattern END = Pattern.compile("\r?\n\r?\n");
  private static final Pattern FOLD = Pattern.compile("\r?\n[ \t]+");
  private static final Pattern NAME = parameter("name\\s*=");
  private static final Pattern FILE = parameter("filename\\*?\\s*=");

  /** A name of a file that declares its charset. */
  private static final Pattern ENCODED_FILE = parameter("filename\\*\\s*=[^;]*");

  private PartHeaders() {}

  private static Pattern parameter(String pattern) {
    return Pattern.compile(";\\s*" + pattern, Pattern.CASE_INSENSITIVE);
  }

  /**
   * The form with nothing else in the headers of its parts.
   *
   * @param most how many parts a form may have; those behind stay as they are
   */
  static byte[] reduced(byte[] body, String contentType, int most) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      return body;
    }
    String named = boundary.group(boundary.start(1) >= 0 ? 1 : 2);
    String form = new String(body, StandardCharsets.ISO_8859_1);
    Matcher delimiter =
        Pattern.compile("(?:^|(?<=\n))--" + Pattern.quote(named) + "\r?(?=\n)").matcher(form);
    Matcher end = END.matcher(form);
    StringBuilder result = new StringBuilder(form.length());
    int done = 0;
    // Where there are no headers, the delimiter's own line break begins the end.
    for (int i = 0;
        i <= most && delimiter.find(done) && end.find(delimiter.end());
        i++, done = end.end()) {
      result.append(form, done, delimiter.start()).append("--").append(named).append("\r\n");
      result.append(reduced(form.substring(delimiter.end(), end.start()))).append("\r\n\r\n");
    }
    return result
        .append(form, done, form.length())
        .toString()
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String reduced(String headers) {
    String lines = FOLD.matcher(headers.stripLeading()).replaceAll(" ");
    String disposition =
        value("Content-Disposition", lines)
            .filter(value -> NAME.matcher(value).find())
            .map(value -> "form-data" + value.substring(value.indexOf(';')))
            .orElse(NAMELESS);
    String kept = "Content-Disposition: ";
    if (FILE.matcher(disposition).find()) {
      return kept + ENCODED_FILE.matcher(disposition).replaceAll("; filename=\"*\"");
    }
    return kept + disposition + value("Content-Type", lines).map(PartHeaders::charset).orElse("");
  }

  private static String charset(String contentType) {
    String charset = DeclaredCharset.parameterOf(contentType);
    return charset.isEmpty() ? "" : "\r\nContent-Type: text/plain" + charset;
  }

  private static Optional<String> value(String header, String lines) {
    return lines
        .lines()
        .filter(line -> line.regionMatches(true, 0, header + ":", 0, header.length() + 1))
        .map(line -> line.substring(header.length() + 1))
        .findFirst();
  }
}
