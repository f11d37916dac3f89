package io.kbsserver.rest.preconditions;

import io.kbsserver.rest.request.RequestReader;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import org.jspecify.annotations.Nullable;

/** Answers what was asked for a moment ago as it was then, once it is known who asks. */
@ServerFilter(RequestReader.ROUTES)
class RepeatedReading implements Ordered {

  private final RecentAnswers answers;

  RepeatedReading(RecentAnswers answers) {
    this.answers = answers;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.after() + 3;
  }

  @RequestFilter
  @Nullable HttpResponse<?> repeat(HttpRequest<?> request) {
    return answers.again(request).orElse(null);
  }
}
