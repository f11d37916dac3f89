package io.kbsserver.access;

import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Those for whom something is done that they do not ask for themselves. */
@Singleton
public class KnownCallers {

  private final LoginLookup lookup;

  KnownCallers(LoginLookup lookup) {
    this.lookup = lookup;
  }

  /** A user who may log in. */
  @Connectable
  public Optional<Caller> find(long userId) {
    return lookup.find(userId);
  }
}
