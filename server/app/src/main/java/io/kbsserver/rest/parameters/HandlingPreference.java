package io.kbsserver.rest.parameters;

import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The preference of a request how values are handled that name nothing (RFC 7240). */
public final class HandlingPreference {

  private static final Pattern HANDLING =
      Pattern.compile(
          "(?:^|[,;])\\s*handling\\s*=\\s*\"?(strict|lenient)\"?\\s*(?=$|[,;])",
          Pattern.CASE_INSENSITIVE);

  private HandlingPreference() {}

  /** Whether lenient handling is asked for; nothing where the request does not say. */
  public static Optional<Boolean> of(HttpRequest<?> request) {
    for (String header : request.getHeaders().getAll("Prefer")) {
      Matcher matcher = HANDLING.matcher(header);
      if (matcher.find()) {
        return Optional.of(matcher.group(1).equalsIgnoreCase("lenient"));
      }
    }
    return Optional.empty();
  }
}
