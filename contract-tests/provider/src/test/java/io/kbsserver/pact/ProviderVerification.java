package io.kbsserver.pact;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import au.com.dius.pact.provider.junit5.HttpTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sends what consumers send to the real server, and compares its answers with what they expect. */
abstract class ProviderVerification {

  private static PactSite site;

  @BeforeAll
  static void open() {
    site = PactSite.open();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @BeforeEach
  void prepare(PactVerificationContext context) {
    site.renew();
    if (Pending.is(context)) {
      Pending.rehearse(context, new ProviderStates(site));
      site.renew();
    } else {
      StateParameters.check(context.getInteraction());
    }
    context.setTarget(
        new HttpTestTarget("localhost", site.server().port(), "/", () -> provider -> client()));
    context.addStateChangeHandlers(new ProviderStates(site));
  }

  /** Asks once: what comes with Retry-After is an answer like any other here. */
  private static CloseableHttpClient client() {
    return HttpClients.custom().disableAutomaticRetries().disableRedirectHandling().build();
  }

  @TestTemplate
  @ExtendWith(VerificationContexts.class)
  void theServerDoesWhatTheConsumerExpects(PactVerificationContext context) {
    assumeFalse(Pending.isLeftOut(context), () -> Pending.why(context));
    context.verifyInteraction();
  }
}
