package io.kbsserver.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which requests, and which differences between their answers, an entry of a list means. Patterns
 * are for the whole text; what is not given matches everything. An entry that has to fit any site
 * names no group, request or login of one, but what was asked for and what is true.
 *
 * @param group the group's name
 * @param name the request's name
 * @param login who asked
 * @param request method and path
 * @param headers the request's headers, {@code {Name=value, …}}
 * @param sent the writing request, or one before it in its chain, {@code POST /… {"status":…}}
 * @param answered the status that we answered to a request of the chain, and that request, {@code
 *     403 POST /… {"status":…}}
 * @param difference a difference, {@code where: recorded -> answered}
 * @param when what has to be true of the tickets and of who asks, all of it
 */
public record Cover(
    @Nullable Pattern group,
    @Nullable Pattern name,
    @JsonProperty("as") @Nullable Pattern login,
    @Nullable Pattern request,
    @Nullable Pattern headers,
    @Nullable Pattern sent,
    @Nullable Pattern answered,
    @Nullable Pattern difference,
    List<Circumstance> when) {

  /** An entry that names no circumstance means all. */
  public Cover {
    when = when == null ? List.of() : List.copyOf(when);
  }

  /** Whether it means a request. */
  public boolean matches(Occasion occasion) {
    return matches(group, occasion.group())
        && matches(name, occasion.name())
        && matches(login, occasion.login())
        && matches(request, occasion.request())
        && matches(headers, occasion.headers())
        && (sent == null || occasion.sent().stream().anyMatch(one -> matches(sent, one)))
        && (answered == null
            || occasion.answered().stream().anyMatch(one -> matches(answered, one)));
  }

  /** Whether it means a difference between the answers to a request. */
  public boolean matches(Occasion occasion, Difference found) {
    return matches(difference, found.toString()) && matches(occasion);
  }

  /** Whether it means a difference between these answers. */
  boolean matches(Situation situation, Difference found) {
    return matches(situation.occasion(), found)
        && when.stream().allMatch(circumstance -> circumstance.holds(situation, found));
  }

  private static boolean matches(@Nullable Pattern pattern, @Nullable String text) {
    return pattern == null || text != null && pattern.matcher(text).matches();
  }
}
