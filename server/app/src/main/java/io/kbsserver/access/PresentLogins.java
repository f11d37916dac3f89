package io.kbsserver.access;

import jakarta.inject.Singleton;
import java.util.Optional;

/** What has become of those who have logged in. */
@Singleton
public class PresentLogins {

  private final LoginLookup lookup;

  PresentLogins(LoginLookup lookup) {
    this.lookup = lookup;
  }

  /**
   * The same login as it is now; nothing where it or the application password is gone.
   *
   * @param credential the uuid of the application password
   */
  public Optional<Caller> again(Caller caller, String credential) {
    return lookup
        .find(caller.login())
        .filter(found -> found.caller().userId() == caller.userId())
        .filter(found -> found.hashes().containsKey(credential))
        .map(LoginLookup.Found::caller);
  }
}
