package io.kbsserver.rest.response;

import io.kbsserver.list.LateTexts;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The texts of an answer that are read as it is sent, kept with it until then. */
public final class AttachedTexts {

  private static final String ATTRIBUTE = AttachedTexts.class.getName();

  private AttachedTexts() {}

  /** Those of an answer, of its items as of what is embedded in them. */
  @SuppressWarnings("unchecked") // Nobody else keeps anything by this name.
  public static List<LateTexts> of(HttpResponse<?> response) {
    return response.getAttribute(ATTRIBUTE, List.class).orElse(List.of());
  }

  /** Adds some to an answer. */
  public static void add(MutableHttpResponse<?> response, Collection<LateTexts> texts) {
    List<LateTexts> all =
        Stream.concat(of(response).stream(), texts.stream())
            .filter(late -> !late.isEmpty())
            .distinct()
            .toList();
    response.setAttribute(ATTRIBUTE, all);
  }
}
