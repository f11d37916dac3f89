package io.kbsserver.pact;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A test class that was run by itself, with system properties of its own. */
record Launched(long succeeded, List<String> failures) {

  static Launched run(Class<?> test, Map<String, String> properties) {
    Map<String, String> before = new HashMap<>();
    properties.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    try {
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request().selectors(selectClass(test)).build(),
              listener);
      TestExecutionSummary summary = listener.getSummary();
      return new Launched(
          summary.getTestsSucceededCount(),
          summary.getFailures().stream()
              .map(failure -> failure.getTestIdentifier().getDisplayName() + ": " + all(failure))
              .toList());
    } finally {
      before.forEach(Launched::restore);
    }
  }

  /** What is thrown often says only in its cause what has happened. */
  private static String all(TestExecutionSummary.Failure failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable why = failure.getException(); why != null; why = why.getCause()) {
      text.append(why.getMessage()).append('\n');
    }
    return text.toString();
  }

  private static void restore(String name, String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }
}
