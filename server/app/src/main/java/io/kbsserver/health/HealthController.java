package io.kbsserver.health;

import io.kbsserver.health.Readiness.Report;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Map;

/**
 * Tells whoever runs the server whether to restart it, and whether to send requests to it. No part
 * of the contract; anybody may ask, and it costs next to nothing.
 */
@Controller("/health")
@Secured(SecurityRule.IS_ANONYMOUS)
class HealthController {

  private final Readiness readiness;

  HealthController(Readiness readiness) {
    this.readiness = readiness;
  }

  @Get("/live")
  HttpResponse<?> live() {
    return HttpResponse.ok(Map.of("status", Condition.UP))
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  @Get("/ready")
  HttpResponse<?> ready() {
    Report report = readiness.report();
    return HttpResponse.status(
            report.status() == Condition.UP ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(report)
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
