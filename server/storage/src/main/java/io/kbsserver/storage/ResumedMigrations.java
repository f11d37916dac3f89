package io.kbsserver.storage;

import io.micronaut.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Lets the next start go on with a migration that was interrupted: the database keeps each
 * statement that changes a table at once, so that half a migration may be there, of which Flyway
 * knows nothing.
 */
@Singleton
@Named(ResumedMigrations.CONFIGURATION)
public final class ResumedMigrations implements FlywayConfigurationCustomizer {

  static final String CONFIGURATION = "migrations";

  @Override
  public void customizeFluentConfiguration(FluentConfiguration flyway) {
    BegunMigrations begun = new BegunMigrations();
    flyway.callbacks(begun).dataSource(DoneBefore.passedOver(flyway.getDataSource(), begun));
  }

  @Override
  public String getName() {
    return CONFIGURATION;
  }
}
