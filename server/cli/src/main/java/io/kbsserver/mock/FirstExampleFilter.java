package io.kbsserver.mock;

import io.kbsserver.contract.Operation;
import io.kbsserver.rest.parameters.BoundRequests;
import io.kbsserver.rest.request.RequestParameters;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.Set;

/**
 * Answers a request with the first example of its operation where the server would ask a
 * controller: after it was read, checked, let in and bound. What needs no database is left to the
 * server: what there is to be found, and a batch, so that each of its parts is answered so.
 */
@ServerFilter(MockServer.ROUTES)
@Requires(beans = MockMode.class)
class FirstExampleFilter implements Ordered {

  private static final Set<String> LEFT_TO_THE_SERVER =
      Set.of("getIndex", "getNamespace", "getWordPressNamespace", "runBatch");

  private final BoundRequests requests;
  private final ToldAnswers answers;

  FirstExampleFilter(BoundRequests requests, ToldAnswers answers) {
    this.requests = requests;
    this.answers = answers;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.after();
  }

  @RequestFilter
  @Nullable
  HttpResponse<?> answer(HttpRequest<?> request) {
    return requests
        .bound(request)
        .filter(FirstExampleFilter::needsDatabase)
        .map(
            operation ->
                answers.about(
                    operation,
                    ToldAnswers.inPath(request),
                    RequestParameters.of(request).arguments()))
        .orElse(null);
  }

  private static boolean needsDatabase(Operation operation) {
    return operation.method() != HttpMethod.OPTIONS && !LEFT_TO_THE_SERVER.contains(operation.id());
  }
}
