package io.kbsserver.pact;

import static org.junit.jupiter.api.Assertions.assertFalse;

import au.com.dius.pact.core.support.expressions.SystemPropertyResolver;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.loader.PactBroker;
import au.com.dius.pact.provider.junitsupport.loader.PactBrokerAuth;
import au.com.dius.pact.provider.junitsupport.loader.PactBrokerConsumerVersionSelectors;
import au.com.dius.pact.provider.junitsupport.loader.SelectorBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Other people's pacts, from the broker that {@code PACT_BROKER_BASE_URL} names, in the environment
 * or as a system property. The results are published there with {@code
 * -Dpact.verifier.publishResults=true}.
 */
@Provider("kbs-server")
@PactBroker(
    url = "${PACT_BROKER_BASE_URL}",
    authentication =
        @PactBrokerAuth(
            token = "${PACT_BROKER_TOKEN:}",
            username = "${PACT_BROKER_USERNAME:}",
            password = "${PACT_BROKER_PASSWORD:}"),
    providerBranch = "${pact.provider.branch:}")
@EnabledIf(
    value = "thereIsABroker",
    disabledReason = "no broker of pacts is given (PACT_BROKER_BASE_URL)")
class BrokerPactsTest extends ProviderVerification {

  static boolean thereIsABroker() {
    return isGiven("PACT_BROKER_BASE_URL");
  }

  /** Those that run somewhere, and those that are to run next. */
  @PactBrokerConsumerVersionSelectors
  public static SelectorBuilder consumerVersions() {
    return new SelectorBuilder().mainBranch().deployedOrReleased();
  }

  @BeforeAll
  static void resultsBelongToAVersion() {
    assertFalse(
        Boolean.getBoolean("pact.verifier.publishResults") && !isGiven("pact.provider.version"),
        "Results are published for a version: give the commit with -Dpact.provider.version");
  }

  private static boolean isGiven(String property) {
    return !SystemPropertyResolver.INSTANCE.resolveValue(property, "").isEmpty();
  }
}
