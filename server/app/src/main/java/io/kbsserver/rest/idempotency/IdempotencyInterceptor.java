package io.kbsserver.rest.idempotency;

import io.kbsserver.idempotency.KeptAnswers;
import io.kbsserver.idempotency.RepeatableRequest;
import io.micronaut.aop.InterceptorBean;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Carries out a request with a key together with keeping what it is answered. */
@Singleton
@InterceptorBean(Idempotent.class)
class IdempotencyInterceptor implements MethodInterceptor<Object, Object> {

  private final KeptAnswers answers;
  private final AnswerCodec codec;

  IdempotencyInterceptor(KeptAnswers answers, AnswerCodec codec) {
    this.answers = answers;
    this.codec = codec;
  }

  @Override
  public @Nullable Object intercept(MethodInvocationContext<Object, Object> operation) {
    HttpRequest<?> request = ServerRequestContext.currentRequest().orElseThrow();
    Optional<RepeatableRequest> repeatable = IdempotencyFilter.of(request);
    return repeatable.isEmpty() ? operation.proceed() : once(request, repeatable.get(), operation);
  }

  private HttpResponse<?> once(
      HttpRequest<?> request,
      RepeatableRequest repeatable,
      MethodInvocationContext<Object, Object> operation) {
    AtomicBoolean begun = new AtomicBoolean();
    try {
      return answers.<HttpResponse<?>>once(
          repeatable,
          () -> {
            begun.set(true);
            return (HttpResponse<?>) operation.proceed(this);
          },
          response -> codec.kept(request, response),
          answer -> codec.again(request, answer));
    } finally {
      if (!begun.get()) {
        IdempotencyFilter.forget(request);
      }
    }
  }
}
