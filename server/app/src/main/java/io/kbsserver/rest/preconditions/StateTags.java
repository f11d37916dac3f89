package io.kbsserver.rest.preconditions;

import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.rest.body.Sha256;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tags of states, as far as the caller sees them: a digest of what they are shown. So a tag tells
 * nobody of what they do not see, and whatever an answer depends on is in it.
 */
@Singleton
public class StateTags {

  private static final int BYTES = 16;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final JsonMapper json;

  StateTags(JsonMapper json) {
    this.json = json;
  }

  /** The tag of what is shown whole, with its quotes. */
  public String of(Object shown) {
    return '"' + digest(shown) + '"';
  }

  /** The tag of what is made of it in an answer. */
  String of(String whole, Object answered) {
    return whole.substring(0, whole.length() - 1) + '.' + digest(answered) + '"';
  }

  private String digest(Object shown) {
    try {
      MessageDigest sha256 = Sha256.begin();
      sha256.update(json.writeValueAsBytes(shown));
      return BASE64.encodeToString(Arrays.copyOf(sha256.digest(), BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Which tags a request takes what it is about to be changed by, as {@code If-Match} says; nothing
   * where it does not say. A weak tag is none of them.
   */
  public Optional<Predicate<String>> expected() {
    List<String> headers =
        ServerRequestContext.currentRequest()
            .orElseThrow()
            .getHeaders()
            .getAll(HttpHeaders.IF_MATCH);
    if (headers.isEmpty()) {
      return Optional.empty();
    }
    EntityTags list =
        EntityTags.of(headers)
            .orElseThrow(
                () ->
                    new InvalidParameters(
                        HttpHeaders.IF_MATCH,
                        new Fault(
                            "rest_invalid_param",
                            "If-Match must be tags in quotes, with commas between them, or *.")));
    return Optional.of(
        tag ->
            list.any()
                || list.tags().stream()
                    .anyMatch(one -> !one.weak() && wholeOf(one.opaque()).equals(tag)));
  }

  /** Without what says how it was shown. */
  private static String wholeOf(String tag) {
    return tag.replaceFirst("\\.[^.\"]*\"$", "\"");
  }
}
