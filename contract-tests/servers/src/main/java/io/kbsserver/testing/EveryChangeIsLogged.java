package io.kbsserver.testing;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a class whose tests made something change without a row in the log of changes. */
public final class EveryChangeIsLogged implements AfterAllCallback {

  @Override
  public void afterAll(ExtensionContext context) {
    List<String> untold = ChangeJudge.untold();
    if (!untold.isEmpty()) {
      throw new AssertionError(
          "The log of changes is not what was changed:\n" + String.join("\n", untold));
    }
  }
}
