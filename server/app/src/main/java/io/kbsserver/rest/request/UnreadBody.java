package io.kbsserver.rest.request;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.body.ByteBody;
import java.util.Optional;

/** The body of a request that is not read until it is known what it is for, and who sends it. */
public final class UnreadBody {

  private static final String ATTRIBUTE = "kbs.unread-body";

  private UnreadBody() {}

  static void leave(HttpRequest<?> request, ByteBody body) {
    request.setAttribute(ATTRIBUTE, body);
  }

  /** The body of a request; nothing where it has been read, or there is none. */
  public static Optional<ByteBody> of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, ByteBody.class);
  }
}
