package io.kbsserver.rest.request;

import io.kbsserver.rest.body.Parameters;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/**
 * What is known of a request that came as a part of another one, whose body has been read and whose
 * thread and place it goes on with.
 *
 * @param body the parameters of its body
 * @param rehearsed whether it is only asked whether it could be run
 */
public record BatchedPart(Parameters body, boolean rehearsed) {

  private static final String ATTRIBUTE = "kbs.batched-part";

  /** What is known of a request as a part; nothing where it came by itself. */
  public static Optional<BatchedPart> of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, BatchedPart.class);
  }

  /** Whether a request came as a part of another one. */
  public static boolean is(HttpRequest<?> request) {
    return of(request).isPresent();
  }

  /** Whether it is only asked whether a request could be run. */
  public static boolean isRehearsed(HttpRequest<?> request) {
    return of(request).filter(BatchedPart::rehearsed).isPresent();
  }

  public void keepIn(HttpRequest<?> request) {
    request.setAttribute(ATTRIBUTE, this);
  }
}
