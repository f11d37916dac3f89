package io.kbsserver.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request, and what is known about when it was sent; what is not known is null.
 *
 * @param group the group of recorded exchanges that it belongs to
 * @param name its name in the recordings
 * @param login who asked, of the people of the recorded site
 * @param request method and path
 * @param headers its headers, {@code {Name=value, …}}
 * @param sent what wrote so far, with this request, {@code method path body}
 * @param answered what was asked so far, with this request, and our status, {@code status method
 *     path body}
 */
public record Occasion(
    @Nullable String group,
    @Nullable String name,
    @Nullable String login,
    String request,
    String headers,
    List<String> sent,
    List<String> answered) {

  /** A request that has nothing to do with the recordings. */
  static Occasion live(String request, String headers) {
    return new Occasion(null, null, null, request, headers, List.of(), List.of());
  }
}
