package io.kbsserver.rest.preconditions;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entity tags of {@code If-Match} or {@code If-None-Match} (RFC 9110).
 *
 * @param any whether it is {@code *}
 */
public record EntityTags(boolean any, List<Tag> tags) {

  /** One of them, with its quotes. */
  public record Tag(boolean weak, String opaque) {

    private static Tag of(String tag) {
      return tag.startsWith("W/") ? new Tag(true, tag.substring(2)) : new Tag(false, tag);
    }
  }

  private static final Pattern ONE = Pattern.compile("[\\s,]*(W/)?(\"[!#-~]*\")\\s*(?=,|$)");

  /** Between commas there may be nothing. */
  private static final Pattern NONE = Pattern.compile("[\\s,]*");

  /** Whether a request has what has this tag already; what is no list of tags names none. */
  public static boolean known(HttpRequest<?> request, String tag) {
    List<String> headers = request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH);
    return !headers.isEmpty()
        && of(headers).filter(list -> list.any() || list.includes(tag)).isPresent();
  }

  /** Those of a header, all of its lines together; nothing where it is something else. */
  static Optional<EntityTags> of(List<String> headers) {
    String all = String.join(",", headers).strip();
    if (all.equals("*")) {
      return Optional.of(new EntityTags(true, List.of()));
    }
    List<Tag> tags = new ArrayList<>();
    Matcher next = ONE.matcher(all);
    int end = 0;
    while (next.region(end, all.length()).lookingAt()) {
      tags.add(new Tag(next.group(1) != null, next.group(2)));
      end = next.end();
    }
    boolean whole = !tags.isEmpty() && NONE.matcher(all.substring(end)).matches();
    return whole ? Optional.of(new EntityTags(false, tags)) : Optional.empty();
  }

  /** Whether they name a tag, weak or not. */
  boolean includes(String tag) {
    return tags.stream().anyMatch(one -> one.opaque().equals(Tag.of(tag).opaque()));
  }
}
