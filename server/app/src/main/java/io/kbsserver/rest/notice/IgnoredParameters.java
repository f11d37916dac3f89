package io.kbsserver.rest.notice;

import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.rest.response.ResponseOrder;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Set;

/** Names what was ignored in a header, whatever clients call it. */
@ServerFilter(RequestReader.ROUTES)
final class IgnoredParameters implements Ordered {

  @Override
  public int getOrder() {
    return ResponseOrder.IGNORED;
  }

  @ResponseFilter
  void name(HttpRequest<?> request, MutableHttpResponse<?> response) {
    Set<String> ignored = RequestParameters.of(request).unknown().ignored();
    if (!ignored.isEmpty() && response.code() < 400) {
      response.header("Kbs-Ignored-Parameters", NamesHeader.value(ignored));
    }
  }
}
