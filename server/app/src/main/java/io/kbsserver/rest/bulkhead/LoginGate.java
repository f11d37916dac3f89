package io.kbsserver.rest.bulkhead;

import io.kbsserver.rest.request.RequestReader;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.concurrent.CompletionStage;

/**
 * The first gate, after the body has been read and before anything is checked. Who brings a login
 * and would be refused at the {@linkplain WorkGate second gate} is refused here, where it costs
 * least.
 */
@ServerFilter(RequestReader.ROUTES)
class LoginGate implements Ordered {

  private final LoginTurns turns;
  private final Work work;

  LoginGate(LoginTurns turns, Work work) {
    this.turns = turns;
    this.work = work;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.before();
  }

  @RequestFilter
  CompletionStage<HttpRequest<?>> enter(HttpRequest<?> request) {
    if (request.getHeaders().contains(HttpHeaders.AUTHORIZATION)) {
      work.refuseIfFull(request);
    }
    return turns.next(request);
  }
}
