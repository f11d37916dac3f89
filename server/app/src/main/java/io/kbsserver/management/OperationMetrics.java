package io.kbsserver.management;

import io.kbsserver.contract.Operation;
import io.kbsserver.rest.connection.AnsweredByHead;
import io.kbsserver.rest.routing.Routes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.runtime.event.annotation.EventListener;
import java.time.Duration;

/**
 * Counts and times requests by operation and status. No label is made of what a client sends: there
 * are as many as the contract has operations.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Requires(property = ManagementServer.PORT)
class OperationMetrics implements Ordered {

  private static final String BEGAN = OperationMetrics.class.getName();
  private static final String NO_OPERATION = "none";
  private static final Duration[] LIMITS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;
  private final Routes routes;

  OperationMetrics(MeterRegistry registry, Routes routes) {
    this.registry = registry;
    this.routes = routes;
  }

  /** Around all the others, so that what they refuse is counted too; what comes to none is told. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @RequestFilter
  void begin(HttpRequest<?> request) {
    request.setAttribute(BEGAN, System.nanoTime());
  }

  @ResponseFilter
  void end(HttpRequest<?> request, HttpResponse<?> response) {
    request
        .getAttribute(BEGAN, Long.class)
        .ifPresent(
            began ->
                count(
                    routes.operation(request).map(Operation::id).orElse(NO_OPERATION),
                    response.code(),
                    Duration.ofNanos(System.nanoTime() - began)));
  }

  /** What a request is for is not looked up where its head is enough to refuse it. */
  @EventListener
  void count(AnsweredByHead answered) {
    count(NO_OPERATION, answered.status(), Duration.ZERO);
  }

  private void count(String operation, int status, Duration time) {
    Timer.builder("http.server.requests")
        .description("Requests by operation of the contract and status")
        .tag("operation", operation)
        .tag("status", Integer.toString(status))
        .serviceLevelObjectives(LIMITS)
        .register(registry)
        .record(time);
  }
}
