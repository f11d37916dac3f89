package io.kbsserver.pact;

import au.com.dius.pact.core.model.BrokerUrlSource;
import au.com.dius.pact.core.model.Interaction;
import au.com.dius.pact.core.model.ProviderState;
import au.com.dius.pact.provider.VerificationFailureType.ExceptionFailure;
import au.com.dius.pact.provider.VerificationResult;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What is not so yet, as the consumer or the broker says, breaks nobody, and its result is told all
 * the same. By pact-jvm alone, what a consumer calls pending fails the run where one of its states
 * cannot be brought about.
 */
final class Pending {

  private static final ExtensionContext.Namespace PACT_JVM =
      ExtensionContext.Namespace.create("pact-jvm");
  private static final String NO_STATE = "A state cannot be brought about";

  private Pending() {}

  static boolean is(PactVerificationContext context) {
    Interaction interaction = context.getInteraction();
    boolean saidByBroker =
        context.getPact().getSource() instanceof BrokerUrlSource source
            && source.getResult() != null
            && source.getResult().getPending();
    return saidByBroker || (interaction.isV4() && interaction.asV4Interaction().getPending());
  }

  /** Where a state cannot be brought about, this is the result, and the rest is left out. */
  static void rehearse(PactVerificationContext context, ProviderStates states) {
    Interaction interaction = context.getInteraction();
    try {
      StateParameters.check(interaction);
      for (ProviderState state : interaction.getProviderStates()) {
        bringAbout(state, states);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      Throwable why = e instanceof InvocationTargetException ? e.getCause() : e;
      String id = interaction.getInteractionId() == null ? "" : interaction.getInteractionId();
      context
          .getTestExecutionResult()
          .add(
              new VerificationResult.Failed(
                  NO_STATE,
                  String.valueOf(why.getMessage()),
                  Map.of(id, List.of(new ExceptionFailure(NO_STATE, why, interaction))),
                  true));
    }
  }

  /** Whether there is a result before anything was asked. */
  static boolean isLeftOut(PactVerificationContext context) {
    return context.getVerifier() == null && !context.getTestExecutionResult().isEmpty();
  }

  static boolean isLeftOut(ExtensionContext test) {
    return isLeftOut(
        test.getStore(PACT_JVM).get("interactionContext", PactVerificationContext.class));
  }

  /** What the only result says. */
  static String why(PactVerificationContext context) {
    return context.getTestExecutionResult().get(0).getVerificationDescription();
  }

  private static void bringAbout(ProviderState state, ProviderStates states)
      throws ReflectiveOperationException {
    Method method = StateParameters.states().get(state.getName());
    if (method == null) {
      throw new IllegalArgumentException("There is no state \"" + state.getName() + "\"");
    }
    Object[] parameters =
        method.getParameterCount() == 0 ? new Object[0] : new Object[] {state.getParams()};
    method.invoke(states, parameters);
  }
}
