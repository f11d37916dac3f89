package io.kbsserver.demo;

import io.kbsserver.files.StoreLocation;
import io.kbsserver.storage.Database;
import io.kbsserver.storage.EmptiedDatabase;
import io.kbsserver.storage.StartupFailure;
import java.io.IOException;
import java.util.Set;

/**
 * Takes a demo away, so that it is made anew with the same ids. Another site is left as it is,
 * whatever variable names it.
 */
public final class DemoReset {

  private static final Set<String> MARKS = Set.of(DemoSite.KEPT_PASSWORD, DemoSite.UNFINISHED);

  private static final String REFUSAL =
      "This database holds no demo, and is left as it is: serve it without --reset, or choose"
          + " another database";

  private DemoReset() {}

  /**
   * Deletes its data and its files.
   *
   * @throws StartupFailure where there is something else than a demo
   */
  public static void of(Database database, StoreLocation files) {
    for (String store : EmptiedDatabase.of(database, MARKS, REFUSAL)) {
      try {
        files.delete(store);
      } catch (IOException e) {
        throw new StartupFailure(
            "The files of the demo cannot be deleted: " + StartupFailure.oneLine(e), e);
      }
    }
  }
}
