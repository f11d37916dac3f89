package io.kbsserver.health;

import io.kbsserver.rest.errors.Outages;
import io.kbsserver.storage.DatabaseFault;
import io.kbsserver.storage.DatabaseWatch;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The database's failures: the watch hears of them, the client what it may conclude. */
@Singleton
class DatabaseOutages implements Outages {

  private final DatabaseWatch watch;

  DatabaseOutages(DatabaseWatch watch) {
    this.watch = watch;
  }

  @Override
  public Optional<String> explain(Throwable failure) {
    Optional<DatabaseFault> fault = DatabaseFault.of(failure);
    fault.ifPresent(found -> watch.met(found, failure));
    return fault.map(DatabaseOutages::message);
  }

  private static String message(DatabaseFault fault) {
    return switch (fault) {
      case READ_ONLY, FULL ->
          "The database takes no changes at the moment. Please try again later.";
      case ALL_IN_USE -> "The server has too much to do at the moment. Please try again later.";
      case CONTENDED -> "Others were changing the same. Please try again.";
      case UNKNOWN_OUTCOME ->
          "The database went away while the change was being stored. Whether it was is not known:"
              + " please look before you try again.";
      case AWAY, CROWDED, STATEMENTS, ENDED ->
          "The database is not available at the moment. Please try again later.";
    };
  }
}
