package io.kbsserver.http;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Loses the answer to a request that says so, after what it changes was committed. */
@ServerFilter("/**")
@Requires(property = LostAnswers.ON)
final class LostAnswers implements Ordered {

  static final String ON = "kbs.test.lost-answers";

  static final String HEADER = "X-Lose-Answer";

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @ResponseFilter
  void lose(HttpRequest<?> request) {
    if (request.getHeaders().contains(HEADER)) {
      throw new IllegalStateException("Lost");
    }
  }
}
