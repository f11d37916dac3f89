package io.kbsserver.spec;

import java.util.List;
import java.util.Map;

/**
 * One request and what was answered, as they were on the wire.
 *
 * @param target path and query, as the request line has them; empty where there is none
 * @param requestBody the body that was sent; null where there was none, or none that is text
 */
public record Exchange(
    String method,
    String target,
    Map<String, List<String>> requestHeaders,
    String requestBody,
    int status,
    Map<String, List<String>> headers,
    String body) {

  String requestHeader(String name) {
    return value(requestHeaders, name);
  }

  String header(String name) {
    return value(headers, name);
  }

  /** A header's value; null where it is not there. */
  private static String value(Map<String, List<String>> headers, String name) {
    return headers.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .findFirst()
        .map(entry -> String.join(", ", entry.getValue()))
        .orElse(null);
  }

  @Override
  public String toString() {
    return method
        + " "
        + shortened(target)
        + (requestBody == null ? "" : " " + shortened(requestBody));
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(300, text.length()));
  }
}
