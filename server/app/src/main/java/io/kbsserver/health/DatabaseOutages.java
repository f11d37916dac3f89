package io.kbsserver.health;

import io.kbsserver.rest.errors.Outages;
import io.kbsserver.storage.DatabaseFault;
import io.kbsserver.storage.DatabaseWatch;
import io.kbsserver.storage.EndedStatement;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database's failures: the watch hears of them, the client what it may conclude. */
@Singleton
class DatabaseOutages implements Outages {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseOutages.class);

  private final DatabaseWatch watch;

  DatabaseOutages(DatabaseWatch watch) {
    this.watch = watch;
  }

  @Override
  public Optional<String> explain(Throwable failure) {
    if (EndedStatement.isCauseOf(failure)) {
      LOG.warn("The database has ended a statement: {}", failure.getMessage());
      return Optional.of("The database is too busy at the moment. Please try again later.");
    }
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
      case AWAY, CROWDED, ENDED ->
          "The database is not available at the moment. Please try again later.";
    };
  }
}
