package io.kbsserver.mock;

import io.kbsserver.access.Authenticator;
import io.kbsserver.access.Caller;
import io.kbsserver.access.LoginOutcome;
import io.kbsserver.access.Logins;
import io.kbsserver.access.Role;
import io.kbsserver.rest.idempotency.KeptClaims;
import io.kbsserver.rest.idempotency.KeyClaims;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.NamedValues;
import io.kbsserver.site.Site;
import io.kbsserver.site.SiteSettings;
import io.kbsserver.tickets.StatusRepository;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A fresh site that needs no database: every setting at its default, and any login will do. */
@Factory
@Requires(beans = MockMode.class)
class MockSite {

  @Singleton
  @Replaces(SiteSettings.class)
  CurrentSite settings() {
    Site fresh = SiteSettings.in(Map.of());
    return () -> fresh;
  }

  @Singleton
  @Replaces(Authenticator.class)
  Logins logins() {
    return (login, password, address) ->
        CompletableFuture.completedFuture(
            new LoginOutcome.Known(
                new Caller(1, login, "", Set.of(Role.SUPPORT_MANAGER), List.of(), List.of()),
                "any",
                null));
  }

  /** Nothing is kept of a request. */
  @Singleton
  @Replaces(KeptClaims.class)
  KeyClaims claims() {
    return request -> {};
  }

  @Singleton
  @Replaces(StatusRepository.class)
  NamedValues statuses() {
    return new NamedValues() {
      @Override
      public String format() {
        return "ticket-status";
      }

      @Override
      public List<String> values() {
        return BuiltInStatus.OF_THE_HELP_DESK;
      }
    };
  }
}
