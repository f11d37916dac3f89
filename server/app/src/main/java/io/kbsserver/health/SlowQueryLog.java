package io.kbsserver.health;

import io.kbsserver.contract.Operation;
import io.kbsserver.rest.routing.Routes;
import io.kbsserver.storage.SlowQuery;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each statement that took long; the name of its request is in every line. */
@Singleton
class SlowQueryLog {

  private static final Logger LOG = LoggerFactory.getLogger(SlowQueryLog.class);

  private final Routes routes;

  SlowQueryLog(Routes routes) {
    this.routes = routes;
  }

  @EventListener
  void tell(SlowQuery query) {
    LOG.warn(
        "Slow query: {} ms, {}, {}: {}",
        query.time().toMillis(),
        operation(ServerRequestContext.currentRequest()),
        outcome(query),
        query.sql());
  }

  private String operation(Optional<HttpRequest<Object>> request) {
    return request.flatMap(routes::operation).map(Operation::id).orElse("no operation");
  }

  private static String outcome(SlowQuery query) {
    if (query.error().isPresent()) {
      return "error " + query.error().getAsInt();
    }
    if (query.rows().isEmpty()) {
      return "done";
    }
    long rows = query.rows().getAsLong();
    return rows == 1 ? "1 row" : rows + " rows";
  }
}
