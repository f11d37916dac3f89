package io.kbsserver.rest.batch;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.RequestLifecycle;
import io.micronaut.http.server.RouteExecutor;
import jakarta.inject.Singleton;

/** Lets Micronaut answer a request that came by no connection of its own: all filters included. */
@Singleton
final class PartLifecycle extends RequestLifecycle {

  PartLifecycle(RouteExecutor executor) {
    super(executor);
  }

  /**
   * Its answer, when it is there. Nothing leaves this thread on the way, but where a password has
   * to be hashed.
   */
  HttpResponse<?> answer(HttpRequest<?> request) {
    return normalFlow(request).toCompletableFuture().join();
  }
}
