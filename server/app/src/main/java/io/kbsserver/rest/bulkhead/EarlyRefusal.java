package io.kbsserver.rest.bulkhead;

import io.kbsserver.rest.errors.ErrorResponses;
import io.kbsserver.rest.request.RequestReader;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import org.jspecify.annotations.Nullable;

/**
 * Refuses on the event loop who would be refused at one of the gates: most of a flood costs no
 * more. Who brings no login does not get to the second gate, and is told so.
 */
@ServerFilter(RequestReader.ROUTES)
class EarlyRefusal implements Ordered {

  private final LoginGate logins;
  private final WorkGate work;

  EarlyRefusal(LoginGate logins, WorkGate work) {
    this.logins = logins;
    this.work = work;
  }

  /** Before the filter that reads long bodies. */
  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.before() - 2;
  }

  @RequestFilter
  @Nullable HttpResponse<?> refuse(HttpRequest<?> request) {
    boolean full =
        logins.isFull(request)
            || (request.getHeaders().contains(HttpHeaders.AUTHORIZATION) && work.isFull(request));
    return full ? ErrorResponses.overloaded() : null;
  }
}
