package io.kbsserver.pact;

import au.com.dius.pact.provider.junit5.PactVerificationExtension;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junit5.PactVerificationStateChangeExtension;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/**
 * Those of pact-jvm, but nothing is brought about and asked for what {@link Pending} leaves out.
 */
public final class VerificationContexts extends PactVerificationInvocationContextProvider {

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext test) {
    return super.provideTestTemplateInvocationContexts(test)
        .map(
            context ->
                context instanceof PactVerificationExtension verification
                    ? new Verification(verification)
                    : context);
  }

  private static final class Verification extends PactVerificationExtension {

    Verification(PactVerificationExtension verification) {
      super(
          verification.getPact(),
          verification.getPactSource(),
          verification.getInteraction(),
          verification.getServiceName(),
          verification.getConsumerName(),
          verification.getPropertyResolver());
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      PactVerificationStateChangeExtension states =
          new PactVerificationStateChangeExtension(getInteraction(), getPactSource());
      return List.of(new States(states), this);
    }

    @Override
    public void beforeTestExecution(ExtensionContext test) {
      if (!Pending.isLeftOut(test)) {
        super.beforeTestExecution(test);
      }
    }
  }

  private record States(PactVerificationStateChangeExtension states)
      implements BeforeTestExecutionCallback, AfterTestExecutionCallback {

    @Override
    public void beforeTestExecution(ExtensionContext test) {
      if (!Pending.isLeftOut(test)) {
        states.beforeTestExecution(test);
      }
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
      if (!Pending.isLeftOut(test)) {
        states.afterTestExecution(test);
      }
    }
  }
}
