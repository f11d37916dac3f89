package io.kbsserver.pact;

import au.com.dius.pact.core.model.BrokerUrlSource;
import au.com.dius.pact.core.model.Interaction;
import au.com.dius.pact.core.model.ProviderState;
import au.com.dius.pact.provider.VerificationResult;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;

/**
 * What is not so yet, as the consumer or the broker says, breaks nobody, and its result is told all
 * the same. For pact-jvm that ends with the states: one that cannot be brought about fails the run.
 */
final class Pending {

  private Pending() {}

  static boolean is(PactVerificationContext context) {
    Interaction interaction = context.getInteraction();
    boolean saidByBroker =
        context.getPact().getSource() instanceof BrokerUrlSource source
            && source.getResult() != null
            && source.getResult().getPending();
    return saidByBroker || (interaction.isV4() && interaction.asV4Interaction().getPending());
  }

  /** Where a state cannot be brought about, this is the result, and it is left out. */
  static void rehearse(PactVerificationContext context, ProviderStates states) {
    Interaction interaction = context.getInteraction();
    try {
      StateParameters.check(interaction);
      for (ProviderState state : interaction.getProviderStates()) {
        bringAbout(state, states);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      Throwable why = e instanceof InvocationTargetException ? e.getCause() : e;
      context
          .getTestExecutionResult()
          .add(
              new VerificationResult.Failed(
                  "A state cannot be brought about",
                  String.valueOf(why.getMessage()),
                  Map.of(),
                  true));
      interaction.getProviderStates().clear();
    }
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
