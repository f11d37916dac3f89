package io.kbsserver.rest.notice;

import io.micronaut.http.MutableHttpResponse;
import java.util.Collection;

/** Names in a header what is not stored as it was sent. */
public final class ChangedParameters {

  private ChangedParameters() {}

  /** An answer that names them, where there are any. */
  public static <T> MutableHttpResponse<T> named(
      Collection<String> changed, MutableHttpResponse<T> response) {
    return changed.isEmpty()
        ? response
        : response.header("Kbs-Changed-Parameters", NamesHeader.value(changed));
  }
}
