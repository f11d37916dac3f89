package io.kbsserver.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Pattern;

/**
 * Which requests, and which differences between their answers, an entry of a list means. Each is a
 * regular expression for the whole text; what is not given matches everything.
 *
 * @param group the group's name
 * @param name the request's name
 * @param login who asked
 * @param request method and path
 * @param headers the request's headers, {@code {Name=value, …}}
 * @param difference a difference, {@code where: recorded -> answered}
 */
public record Cover(
    Pattern group,
    Pattern name,
    @JsonProperty("as") Pattern login,
    Pattern request,
    Pattern headers,
    Pattern difference) {

  /** Whether it means a request. */
  public boolean matches(Occasion occasion) {
    return matches(group, occasion.group())
        && matches(name, occasion.name())
        && matches(login, occasion.login())
        && matches(request, occasion.request())
        && matches(headers, occasion.headers());
  }

  /** Whether it means a difference between the answers to a request. */
  public boolean matches(Occasion occasion, Difference found) {
    return matches(difference, found.toString()) && matches(occasion);
  }

  private static boolean matches(Pattern pattern, String text) {
    return pattern == null || text != null && pattern.matcher(text).matches();
  }
}
