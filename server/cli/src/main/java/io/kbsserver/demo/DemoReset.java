package io.kbsserver.demo;

import io.kbsserver.files.StoreLocation;
import io.kbsserver.storage.Database;
import io.kbsserver.storage.EmptiedDatabase;
import io.kbsserver.storage.StartupFailure;
import java.io.IOException;

/** Takes the built-in demo away, so that it is made anew with the same ids. */
public final class DemoReset {

  private DemoReset() {}

  /**
   * Deletes its files and its data: in this order, so that one that was interrupted is gone on
   * with.
   *
   * @param demo the built-in database, open for the demo, which holds nothing else
   */
  public static void of(Database demo, StoreLocation files) {
    for (String store : EmptiedDatabase.stores(demo)) {
      try {
        // A copy of a data folder has the store of another one's demo.
        if (files.has(store) && files.open(store).claim(demo.description())) {
          files.delete(store);
        }
      } catch (IOException e) {
        throw new StartupFailure(
            "The files of the demo cannot be deleted: " + StartupFailure.oneLine(e), e);
      }
    }
    EmptiedDatabase.of(demo);
  }
}
