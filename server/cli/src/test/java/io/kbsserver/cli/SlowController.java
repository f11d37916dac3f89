package io.kbsserver.cli;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/** Answers late, for a test that stops the server meanwhile. */
@Requires(property = "kbs.test.slow")
@Controller("/wp-json/kbs-test/slow")
@Secured(SecurityRule.IS_ANONYMOUS)
class SlowController {
  /** Takes two seconds. */
  @Get
  @ExecuteOn(TaskExecutors.BLOCKING)
  String slow() throws InterruptedException {
    System.out.println("answering slowly");
    Thread.sleep(2_000);
    return "\"done\"";
  }
}
