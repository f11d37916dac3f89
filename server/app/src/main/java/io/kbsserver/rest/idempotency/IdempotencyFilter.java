package io.kbsserver.rest.idempotency;

import io.kbsserver.idempotency.KeptAnswers;
import io.kbsserver.idempotency.RepeatableRequest;
import io.kbsserver.rest.body.Sha256;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.request.RequestReader;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.web.router.RouteAttributes;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request with a key that has been answered before, once it is known who sends it, and
 * keeps refusals. What goes well is kept by {@link IdempotencyInterceptor}.
 */
@ServerFilter(RequestReader.ROUTES)
class IdempotencyFilter implements Ordered {

  /** Refusals of what may well be granted a moment later, to the same request. */
  private static final Set<Integer> FOR_NOW = Set.of(401, 412, 429);

  private static final String ATTRIBUTE = "kbs.repeatable";

  private final KeptAnswers answers;
  private final AnswerCodec codec;

  IdempotencyFilter(KeptAnswers answers, AnswerCodec codec) {
    this.answers = answers;
    this.codec = codec;
  }

  /** Right before the operation: who sends the request is known, and has a place for work. */
  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.after() + 3;
  }

  /** The request as one that may come again, if it is. */
  static Optional<RepeatableRequest> of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, RepeatableRequest.class);
  }

  /** What the request is refused with says nothing of what it asks for. */
  static void forget(HttpRequest<?> request) {
    request.removeAttribute(ATTRIBUTE, RepeatableRequest.class);
  }

  @RequestFilter
  @Nullable HttpResponse<?> recall(HttpRequest<?> request) {
    if (!request.getHeaders().contains(IdempotencyKey.HEADER) || !isWriting(request)) {
      return null;
    }
    return CurrentCaller.of(request.getUserPrincipal(Authentication.class).orElse(null))
        .map(caller -> recall(request, caller.userId()))
        .orElse(null);
  }

  private static boolean isWriting(HttpRequest<?> request) {
    return RouteAttributes.getRouteInfo(request)
        .filter(operation -> operation.getAnnotationMetadata().hasAnnotation(Idempotent.class))
        .isPresent();
  }

  private @Nullable HttpResponse<?> recall(HttpRequest<?> request, long user) {
    RepeatableRequest repeatable = repeatable(request, user);
    Optional<HttpResponse<?>> answered =
        answers.find(repeatable).map(answer -> codec.again(request, answer));
    if (answered.isEmpty()) {
      request.setAttribute(ATTRIBUTE, repeatable);
    }
    return answered.orElse(null);
  }

  /** A request with a key, of this user. */
  static RepeatableRequest repeatable(HttpRequest<?> request, long user) {
    String key = IdempotencyKey.of(request.getHeaders().getAll(IdempotencyKey.HEADER));
    return new RepeatableRequest(Sha256.hex(user + ":" + key), RequestDigest.of(request));
  }

  @ResponseFilter
  void keepRefusal(HttpRequest<?> request, HttpResponse<?> response) {
    int status = response.code();
    if (status >= 400 && status < 500 && !FOR_NOW.contains(status)) {
      of(request).ifPresent(repeatable -> answers.keep(repeatable, codec.kept(request, response)));
    }
  }
}
